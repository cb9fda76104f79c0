import { afterEach, describe, expect, it, vi } from 'vitest';
import { brokered, someBrowser } from '../browser.fixture.js';
import { startCall } from '../call/call.js';
import { endedBecause, words } from '../words.js';
import { turn } from './stream.fixture.js';

/** @type {ReturnType<typeof startCall> | undefined} */
let call;
afterEach(async () => {
  call?.hangUp();
  vi.useRealTimers();
  await call?.free;
  await turn();
  vi.unstubAllGlobals();
});

/** Starts a call, and notes what it shows. @param {object} [fresh] what the server says of the tenant's calls */
function start(fresh = { calls: 'brokered', captions: true }) {
  /** @type {any[]} */
  const shown = [];
  const view = new Proxy(/** @type {any} */ ({}), {
    get:
      (_view, name) =>
      (/** @type {any[]} */ ...args) => {
        shown.push([name, ...args]);
        return name === 'agreed' ? 'hash' : undefined;
      },
  });
  let renewals = 0;
  const renew = async () => {
    renewals += 1;
    return { widgetSessionToken: `w${renewals}`, consent: [], challenge: null, ...fresh };
  };
  const voice = /** @type {any} */ ({});
  call = startCall({ renew, agentId: 'guide', provider: 'https://provider.example', voice, view });
  return {
    call,
    shown,
    told: () => shown.filter(([what]) => what === 'tell').map(([, ...rest]) => rest),
    /** @param {string} what */
    last: (what) => shown.findLast(([each]) => each === what)?.slice(1),
    renewals: () => renewals,
  };
}
const soon = (/** @type {() => void} */ check) => vi.waitFor(check, { interval: 1 });

/** A call that is connected. @param {{ demanded?: boolean }} [options] whether the tenant demands consent */
async function connected({ demanded = false } = {}) {
  const browser = someBrowser();
  const consent = demanded ? [{ purpose: 'transcripts', version: '1', text: 'We keep it.', textHash: 'hash' }] : [];
  const started = start({ calls: 'brokered', captions: true, consent });
  await soon(() => expect(browser.log).toContain('answer v=0 answer'));
  const [peer] = /** @type {[typeof browser.peers[0]]} */ (browser.peers);
  const [stream] = /** @type {[typeof browser.streams[0]]} */ (browser.streams);
  peer.become('connected');
  await soon(() => expect(browser.asked.map(({ path }) => path)).toContain('/api/heartbeat'));
  return { ...browser, ...started, peer, stream };
}

describe('a brokered call', () => {
  it('opens microphone and channel and makes its offer before it asks, and then takes the answer', async () => {
    const { log, asked, peer, told } = await connected();
    expect(log.slice(0, 8)).toEqual([
      'microphone',
      'peer',
      'track audio',
      'channel oai-events',
      '/api/session',
      '/api/session/events',
      'answer v=0 answer',
      '/api/heartbeat',
    ]);
    expect(asked[0]?.body).toEqual({ agentId: 'guide', offer: 'v=0 offer with addresses' });
    expect(peer.connectionState).toBe('connected');
    expect(told()).toEqual([['session:start', { sessionId: 's1' }]]);
  });
  it('waits for the browser’s addresses for 1.5 seconds at most, and then offers those that it has', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { log, asked, peers } = someBrowser({ gathers: false });
    start();
    const settle = async () => {
      for (let n = 0; n < 20; n += 1) await new Promise((resolve) => setImmediate(resolve));
    };
    await settle();
    expect(peers[0]?.localDescription?.sdp).toBe('v=0 offer');
    vi.advanceTimersByTime(1_499);
    await settle();
    expect(log).not.toContain('/api/session');
    vi.advanceTimersByTime(1);
    await settle();
    expect(asked[0]?.body.offer).toBe('v=0 offer');
  });
  it('asks for nothing when the microphone is refused', async () => {
    const { log } = someBrowser({ microphone: false });
    const { call, last, told } = start();
    await call.over;
    expect(log).toEqual(['microphone']);
    expect(last('notice')).toEqual([words.microphoneDenied]);
    expect(told()).toEqual([['error', { code: 'MICROPHONE_DENIED', message: words.microphoneDenied }]]);
  });
  it('closes everything when it is refused, and says why in the server’s words', async () => {
    const { log, answers, beacons } = someBrowser();
    answers['/api/session'] = [{ status: 429, code: 'MAX_CONCURRENT_SESSIONS', userMessage: 'All lines are busy.' }];
    const { call, last } = start();
    await call.over;
    expect(log).toEqual(expect.arrayContaining(['microphone off', 'closed']));
    expect(last('notice')).toEqual(['All lines are busy.']);
    expect(last('state')).toEqual(['idle', words.notStarted]);
    expect(beacons).toEqual([]);
  });
  it('closes everything when the browser cannot take the answer, and tells the server', async () => {
    const { log, answers, asked, streams } = someBrowser();
    answers['/api/session'] = [{ ...brokered, answer: 'no answer' }];
    const { call, last } = start();
    await call.over;
    expect(log).toEqual(expect.arrayContaining(['microphone off', 'closed']));
    expect(last('notice')).toEqual([words.providerFailed]);
    expect(asked.at(-1)).toEqual({ path: '/api/session/end', body: { sm_session_id: 's1' } });
    expect(streams.every((stream) => stream.isOver())).toBe(true);
  });
  it('waits for no channel, and does not end because one was left out', async () => {
    const { peer, last, call, asked } = await connected();
    peer.channel.onclose();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(last('state')).toEqual(['live', words.listening]);
    expect(asked.map(({ path }) => path)).toEqual(['/api/session', '/api/heartbeat']);
    call.hangUp();
  });
  it('reports no usage and no words, and sends nothing to the provider, whatever comes over its channel', async () => {
    const { peer, stream, asked, log, told } = await connected();
    peer.channel.onopen();
    const said = { type: 'response.output_audio_transcript.done', item_id: 'i1', transcript: 'Hi' };
    const done = { type: 'response.done', response: { id: 'r1', usage: { input_tokens: 7 } } };
    for (const event of [said, done]) peer.channel.onmessage?.({ data: JSON.stringify(event) });
    stream.tell('caption', { itemId: 'i1', role: 'assistant', text: 'Hi', final: true });
    await soon(() => expect(told()).toContainEqual(['message', { role: 'assistant', text: 'Hi' }]));
    call?.hangUp();
    await call?.over;
    expect(new Set(asked.map(({ path }) => path))).toEqual(
      new Set(['/api/session', '/api/heartbeat', '/api/session/end']),
    );
    expect(log.filter((each) => each.startsWith('sent') || each.startsWith('https:'))).toEqual([]);
  });
  it('asks at once what happened when its open channel closes, and goes on if the call does', async () => {
    const { peer, asked, last, answers } = await connected();
    peer.channel.onopen();
    peer.channel.onclose();
    await soon(() => expect(asked.filter(({ path }) => path === '/api/heartbeat')).toHaveLength(2));
    expect(last('state')).toEqual(['live', words.listening]);
    answers['/api/heartbeat'] = [{ status: 403, code: 'SESSION_ENDED', reason: 'quota' }];
    peer.channel.onclose();
    await soon(() => expect(last('state')).toEqual(['idle', endedBecause('quota')]));
  });
  it('that the server ends turns the microphone off, closes the peer, and tells the embedding page why', async () => {
    const { stream, log, last, told, call, beacons } = await connected();
    stream.tell('ended', { reason: 'max_duration' });
    expect(await call.over).toBe('max_duration');
    await call.free;
    expect(log).toEqual(expect.arrayContaining(['microphone off', 'closed']));
    expect(last('state')).toEqual(['idle', endedBecause('max_duration')]);
    expect(told().at(-1)).toEqual(['session:end', { sessionId: 's1', reason: 'max_duration' }]);
    expect(stream.isOver()).toBe(true);
    expect(beacons).toEqual([]);
  });
  it('finds its end by a heartbeat when the server gives no events', async () => {
    const { stream, call, answers, last } = await connected();
    answers['/api/heartbeat'] = [{ status: 403, code: 'SESSION_ENDED', reason: 'admin' }];
    vi.stubGlobal(
      'fetch',
      between(fetch, '/api/session/events', () => Response.json({}, { status: 403 })),
    );
    stream.end();
    expect(await call.over).toBe('admin');
    expect(last('state')).toEqual(['idle', endedBecause('admin')]);
  });
  it('whose line is lost asks the server first whether it ended the call, and why', async () => {
    const { peer, call, answers } = await connected();
    answers['/api/heartbeat'] = [{ status: 403, code: 'SESSION_DURATION_EXCEEDED', reason: 'max_duration' }];
    peer.become('failed');
    expect(await call.over).toBe('max_duration');
  });
  it('shows no captions any more once the visitor takes back that its words are kept, and goes on', async () => {
    const { asked, shown, last, call } = await connected({ demanded: true });
    expect(last('captioned')).toEqual([true]);
    await call.withdraw();
    expect(last('captioned')).toEqual([false]);
    expect(last('notice')).toEqual([words.withdrawn]);
    expect(asked.at(-1)).toMatchObject({ path: '/api/consent', body: { purpose: 'transcripts', given: false } });
    expect(shown.filter(([what, ...rest]) => what === 'state' && rest[0] === 'idle')).toEqual([]);
  });
  it('that the visitor hangs up is ended at the server, and its stream is closed', async () => {
    const { stream, asked, log, call } = await connected();
    call.hangUp();
    expect(await call.over).toBe('client');
    expect(asked.at(-1)).toEqual({ path: '/api/session/end', body: { sm_session_id: 's1' } });
    expect(stream.isOver()).toBe(true);
    expect(log).toEqual(expect.arrayContaining(['microphone off', 'closed']));
  });
});

describe('a page whose tenant changed its policy meanwhile', () => {
  const refusal = (/** @type {string} */ code) => ({ status: 403, code, userMessage: `no: ${code}` });
  const secret = { ...brokered, answer: undefined, client_secret: { value: 'secret' } };

  it('asks once more with an offer when calls are brokered by now', async () => {
    const { answers, asked, log } = someBrowser();
    answers['/api/session'] = [refusal('BROKERED_ONLY'), brokered];
    const { renewals } = start({ calls: 'direct' });
    await soon(() => expect(log).toContain('answer v=0 answer'));
    expect(asked.map(({ body }) => body.offer)).toEqual([undefined, 'v=0 offer with addresses']);
    expect(renewals()).toBe(2);
  });
  it('asks once more without one when calls are direct by now, and connects with the same microphone', async () => {
    const { answers, asked, log, peers } = someBrowser();
    answers['/api/session'] = [refusal('DIRECT_ONLY'), secret];
    start();
    await soon(() => expect(log).toContain('answer v=0 answer of the provider'));
    expect(asked.map(({ body }) => body.offer)).toEqual(['v=0 offer with addresses', undefined]);
    expect(peers).toHaveLength(2);
    expect(log.filter((each) => each === 'microphone' || each === 'microphone off')).toEqual(['microphone']);
    expect(log).toContain('closed');
    expect(log).not.toContain('/api/session/events');
  });
  it.each([
    [{ calls: 'direct' }, ['BROKERED_ONLY', 'DIRECT_ONLY'], 'DIRECT_ONLY'],
    [{ calls: 'brokered' }, ['DIRECT_ONLY', 'BROKERED_ONLY'], 'BROKERED_ONLY'],
    [{}, ['BROKERED_ONLY', 'BROKERED_ONLY'], 'BROKERED_ONLY'],
    [{ calls: 'brokered' }, ['BROKERED_ONLY'], 'BROKERED_ONLY'],
    [{ calls: 'direct' }, ['DIRECT_ONLY'], 'DIRECT_ONLY'],
  ])('asks no third time: with %j it takes %j as they are', async (fresh, codes, code) => {
    const { answers, asked, log } = someBrowser();
    answers['/api/session'] = codes.map(refusal);
    const { call, told } = start(fresh);
    await call.over;
    expect(asked).toHaveLength(codes.length);
    expect(told()).toEqual([['error', { code, message: `no: ${code}` }]]);
    expect(log).toContain('microphone off');
  });
  it('of an older server, which says nothing of it, makes a direct call', async () => {
    const { answers, asked, log } = someBrowser();
    answers['/api/session'] = [secret];
    start({});
    await soon(() => expect(log).toContain('answer v=0 answer of the provider'));
    expect(asked[0]?.body).toEqual({ agentId: 'guide' });
    expect(log.indexOf('/api/session')).toBeLessThan(log.indexOf('peer'));
  });
});

/**
 * A fetch with another answer at one path.
 * @param {typeof fetch} others @param {string} path @param {() => Response} answer
 */
function between(others, path, answer) {
  return async (/** @type {string} */ to, /** @type {any} */ init) => (to === path ? answer() : others(to, init));
}
