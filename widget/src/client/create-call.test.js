import { afterEach, describe, expect, it, vi } from 'vitest';
import { someBrowser } from '../page/browser.fixture.js';
import { createCall } from './create-call.js';

const base = 'https://vox.example';
const widgetKey = 'w_acme_site_0123456789abcdef';
const demand = { purpose: 'transcripts', version: '1', text: 'We keep it.', textHash: 'hash' };
const soon = (/** @type {() => void} */ check) => vi.waitFor(check, { interval: 1 });

/** @type {ReturnType<typeof createCall> | undefined} */
let call;
/** @type {any[]} */
let warned = [];
afterEach(async () => {
  await call?.end();
  warned = [];
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A tenant's page: what it asks VOX, without VOX's origin. @param {object} [says] what VOX says of its calls */
function tenantPage(says = {}) {
  const browser = someBrowser();
  const inner = globalThis.fetch;
  /** @type {{ path: string, init: any }[]} */
  const sent = [];
  const fresh = { ok: true, displayName: 'Guide', disclosure: 'A machine.', consent: [], challenge: null };
  const known = { ...fresh, tenantId: 'acme', agentId: 'guide', calls: 'brokered', captions: true, ...says };
  vi.stubGlobal('fetch', async (/** @type {string} */ url, /** @type {any} */ init) => {
    if (!url.startsWith(`${base}/`)) return inner(url, init);
    const path = url.slice(base.length);
    sent.push({ path, init });
    const token = `w${sent.length}`;
    if (/bootstrap|renew/.test(path)) return Response.json({ ...known, widgetSessionToken: token }, says);
    return inner(path, init);
  });
  vi.stubGlobal('Audio', class {});
  vi.stubGlobal('document', { documentElement: { lang: '' }, addEventListener() {} });
  Object.assign(navigator, { languages: ['en'] });
  vi.spyOn(console, 'warn').mockImplementation((line) => void warned.push(line));
  const paths = () => sent.map(({ path }) => path.replace(/\?.*/, ''));
  return { ...browser, sent, paths };
}

/** A call of that page, and what is heard of it. @param {object} [options] */
function someCall(options = {}) {
  const made = createCall({ base: `${base}/`, widgetKey, ...options });
  /** @type {[string, any][]} */
  const heard = [];
  for (const name of /** @type {const} */ (['ready', 'state', 'session:start', 'session:end', 'error', 'demand']))
    made.on(name, (detail) => heard.push([name, detail]));
  call = made;
  return { made, heard, names: () => heard.map(([name, { state }]) => state ?? name) };
}

describe('a call that a page draws itself', () => {
  it('asks VOX’s origin for all of it, without a cookie, and tells each step', async () => {
    const page = tenantPage();
    const { made, heard, names } = someCall();
    await expect(made.prepare()).resolves.toMatchObject({
      displayName: 'Guide',
      disclosure: 'A machine.',
      demands: [],
    });
    const started = made.start();
    expect(made.start()).toBe(started);
    await soon(() => expect(page.log).toContain('answer v=0 answer'));
    page.peers[0]?.become('connected');
    await expect(started).resolves.toBe('live');
    expect(made.state).toBe('live');
    await made.end();
    const steps = names().filter((name) => name !== 'demand');
    expect(steps.filter((name, at) => name !== steps[at - 1])).toEqual([
      ...['ready', 'starting', 'live', 'session:start', 'idle', 'session:end'],
    ]);
    expect(heard.at(-1)).toEqual(['session:end', { sessionId: 's1', reason: 'client' }]);
    expect(new Set(page.paths())).toEqual(
      new Set([
        ...['/api/public/widget/bootstrap', '/api/public/widget/renew', '/api/session', '/api/session/events'],
        ...['/api/heartbeat', '/api/session/end'],
      ]),
    );
    expect(page.sent.map(({ init }) => init.credentials)).toEqual(page.sent.map(() => 'omit'));
    expect(page.sent.filter(({ init }) => init.headers?.['x-vox-framed-by'] !== undefined)).toEqual([]);
  });
  it('starts nothing before the visitor agreed to the words in force, and asks no microphone then', async () => {
    const page = tenantPage({ consent: [demand] });
    const { made, heard } = someCall();
    const trouble = { code: 'CONSENT_REQUIRED', message: expect.stringMatching(/agree/), hint: expect.any(String) };
    await expect(made.start()).rejects.toMatchObject(trouble);
    await expect(made.start({ agreed: 'an older hash' })).rejects.toMatchObject(trouble);
    expect(heard.filter(([name]) => name === 'demand')).toEqual(
      Array(2).fill(['demand', { demands: [expect.objectContaining(demand)] }]),
    );
    expect(page.log).not.toContain('microphone');
    expect(made.state).toBe('idle');
    void made.start({ agreed: 'hash' });
    await soon(() => expect(page.asked.find(({ path }) => path === '/api/consent')?.body.given).toBe(true));
  });
  it('tells a refusal by code, words and hint: by an event, by its promise, and in the console', async () => {
    tenantPage({ ok: false, code: 'ORIGIN_MISMATCH', userMessage: 'Voice calls are not set up here.', status: 403 });
    const { made, heard } = someCall();
    const trouble = { code: 'ORIGIN_MISMATCH', message: 'Voice calls are not set up here.' };
    await expect(made.start()).rejects.toMatchObject(trouble);
    const [told] = heard.filter(([name]) => name === 'error').map(([, detail]) => detail);
    expect(told).toEqual({ ...trouble, hint: expect.stringMatching(/origin of this page/) });
    expect(warned).toEqual([expect.stringMatching(/^vox: ORIGIN_MISMATCH\. /)]);
  });
  it('speaks the language that it is given', async () => {
    tenantPage();
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')));
    const { message: english } = await someCall()
      .made.prepare()
      .catch((error) => error);
    const { message: french } = await someCall({ locale: 'fr-CA' })
      .made.prepare()
      .catch((error) => error);
    expect([english, french]).toEqual([expect.stringMatching(/network/), expect.stringMatching(/réseau/)]);
  });
  it('says that VOX cannot be reached, and that this browser has no voice', async () => {
    tenantPage();
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')));
    await expect(someCall().made.prepare()).rejects.toMatchObject({ code: 'EDGE_UNREACHABLE' });
    tenantPage();
    vi.stubGlobal('RTCPeerConnection', undefined);
    await expect(someCall().made.start()).rejects.toMatchObject({ code: 'VOICE_UNSUPPORTED' });
  });
  it('is a new visitor’s when the token is too old, and learns of a key that was revoked meanwhile', async () => {
    const page = tenantPage();
    const { made } = someCall();
    await made.prepare();
    const inner = globalThis.fetch;
    /** @type {() => Promise<Response>} */
    let renewed = async () => Response.json({ code: 'AUTH_REQUIRED' }, { status: 401 });
    vi.stubGlobal('fetch', (/** @type {string} */ url, /** @type {any} */ init) =>
      url.endsWith('/renew') ? renewed() : inner(url, init),
    );
    await made.prepare();
    expect(page.paths()).toEqual(Array(2).fill('/api/public/widget/bootstrap'));
    tenantPage({ ok: false, code: 'INVALID_WIDGET_KEY', userMessage: 'Not set up.', status: 401 });
    const refusing = globalThis.fetch;
    renewed = () => Promise.reject(new TypeError('no CORS'));
    vi.stubGlobal('fetch', (/** @type {string} */ url, /** @type {any} */ init) =>
      url.endsWith('/renew') ? renewed() : refusing(url, init),
    );
    await expect(made.prepare()).rejects.toMatchObject({ code: 'INVALID_WIDGET_KEY', message: 'Not set up.' });
  });
  it('is over before it begins when it is ended while VOX is asked, and can start again', async () => {
    const page = tenantPage();
    const { made } = someCall();
    const started = made.start();
    await made.end();
    await expect(started).resolves.toBe('idle');
    expect(page.paths()).not.toContain('/api/session');
    expect(page.log).not.toContain('microphone');
    void made.start();
    await soon(() => expect(page.log).toContain('answer v=0 answer'));
  });
  it('sends typed words of its visitor, and says when they were not taken', async () => {
    const page = tenantPage();
    const { made } = someCall();
    const started = made.start();
    await soon(() => expect(page.log).toContain('answer v=0 answer'));
    page.peers[0]?.become('connected');
    await started;
    await made.say('My order is late.');
    const said = page.asked.find(({ path }) => path === '/api/session/say');
    expect(said?.body).toMatchObject({ sm_session_id: 's1', text: 'My order is late.' });
    page.answers['/api/session/say'] = [{ status: 429, code: 'RATE_LIMIT_EXCEEDED', userMessage: 'Slowly.' }];
    await expect(made.say('And again.')).rejects.toMatchObject({ code: 'RATE_LIMIT_EXCEEDED' });
  });
  it('keeps the microphone off where it was switched off before the call', async () => {
    const page = tenantPage();
    const { made } = someCall();
    made.mute(true);
    const started = made.start();
    await soon(() => expect(page.log).toContain('answer v=0 answer'));
    page.peers[0]?.become('connected');
    await started;
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    expect(stream.getAudioTracks().map(({ enabled }) => enabled)).toEqual([false]);
  });
  it('shows Turnstile by the page’s own hand, or says that it must', async () => {
    const challenge = { kind: 'turnstile', siteKey: 'site', action: 'call', cdata: 'c' };
    const page = tenantPage({ challenge });
    await expect(someCall().made.start()).rejects.toMatchObject({
      code: 'BOT_BLOCKED',
      hint: expect.stringMatching(/turnstile/),
    });
    void someCall({ turnstile: async (/** @type {any} */ asked) => JSON.stringify(asked) }).made.start();
    await soon(() => expect(page.asked.find(({ path }) => path === '/api/session')).toBeDefined());
    const { body } = page.asked.find(({ path }) => path === '/api/session') ?? {};
    expect(body.bot).toEqual({
      kind: 'turnstile',
      proof: JSON.stringify({ siteKey: 'site', action: 'call', cdata: 'c' }),
    });
  });
  it('goes on when somebody who hears of it throws', async () => {
    tenantPage();
    const { made, names } = someCall();
    const thrown = vi.fn();
    vi.stubGlobal('reportError', thrown);
    made.on('ready', () => {
      throw new Error('mine');
    });
    await made.prepare();
    expect(names()).toEqual(['ready', 'demand']);
    expect(thrown).toHaveBeenCalledOnce();
  });
  it('is not made without a key or without an origin of VOX', () => {
    expect(() => createCall({ base, widgetKey: '' })).toThrow(expect.objectContaining({ code: 'KEY_MISSING' }));
    for (const odd of ['', 'vox.example', 'javascript:alert(1)'])
      expect(() => createCall({ base: odd, widgetKey })).toThrow(expect.objectContaining({ code: 'BASE_UNKNOWN' }));
  });
});
