import { request } from 'node:http';
import { CreateWidgetKey, RevokeWidgetKey } from '@vox/contracts';
import { demoDraft, demoTenant } from '@vox/local/demo-tenant';
import { hostileOrigins } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

const rival = 'https://rival.example';
type Answer = Readonly<{ status: number; body: Record<string, never> }>;

describe('the origin of a request', () => {
  let journey: Journey;
  let rivalKey: string;
  beforeAll(async () => {
    const many = 1_000_000_000;
    const limits = {
      ...{ openSessionsPerPerson: 500, openSessions: 500, sessionStartsPerMinute: 500, requestsPerMinute: 500 },
      ...{ tokensPerDay: many, microsPerDay: many, secondsPerDay: null },
    };
    journey = await openJourney({ limits, ipPerMinute: 10_000 });
    rivalKey = await demoTenant(journey.bus, rival, { ...demoDraft, tenantId: 'rival' });
  });
  afterAll(() => journey.close());

  /** Sends over node:http: fetch would change some headers. */
  const send = (method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers };
      const asked = request(journey.url + path, { method, headers: sent }, async (response) => {
        let text = '';
        response.setEncoding('utf8');
        for await (const part of response) text += part;
        const isJson = String(response.headers['content-type']).includes('json');
        resolve({ status: response.statusCode ?? 0, body: isJson ? JSON.parse(text) : ({ text } as never) });
      });
      asked.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
  const tokenOf = async (key = journey.widgetKey, from = origin): Promise<string> => {
    const { body } = await send('GET', `/api/public/widget/bootstrap?key=${key}`, { origin: from });
    return String(body.widgetSessionToken);
  };
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const consent = {
    purpose: 'ai-disclosure',
    version: '1',
    textHash: '0'.repeat(64),
    locale: 'en',
    method: 'shown',
    given: false,
  };

  /** Every route that takes a widget token, in a header or, where that is allowed, in the body. */
  const uses = [
    ['session', (token: string, headers = {}) => send('POST', '/api/session', { ...bearer(token), ...headers }, {})],
    [
      'renew',
      (token: string, headers = {}) => send('POST', '/api/public/widget/renew', { ...bearer(token), ...headers }),
    ],
    [
      'consent',
      (token: string, headers = {}) => send('POST', '/api/consent', { ...bearer(token), ...headers }, consent),
    ],
    [
      'consent by beacon',
      (token: string, headers = {}) => send('POST', '/api/consent', headers, { ...consent, authToken: token }),
    ],
  ] as const;

  describe.each(uses)('with a widget token, for %s,', (_name, use) => {
    it('may be the token’s own, or our own page framed for it', async () => {
      const token = await tokenOf();
      expect(await use(token, { origin })).toMatchObject({ status: 200 });
      expect(await use(token, { origin: journey.url })).toMatchObject({ status: 200 });
      expect(await use(token, { origin: journey.url, 'x-vox-framed-by': origin })).toMatchObject({ status: 200 });
    });
    it('may not be absent, null, another page’s, or our page framed for others', async () => {
      const token = await tokenOf();
      const refused = { status: 403, body: { code: 'ORIGIN_MISMATCH' } };
      expect(await use(token)).toMatchObject(refused);
      for (const from of ['null', rival, 'http://evil.example', `${origin}.evil.example`, origin.toUpperCase(), ''])
        expect(await use(token, { origin: from }), from).toMatchObject(refused);
      for (const framedBy of [rival, 'null', ''])
        expect(await use(token, { origin: journey.url, 'x-vox-framed-by': framedBy })).toMatchObject(refused);
    });
    it('is never our own because of a Host header', async () => {
      const headers = { origin: 'http://evil.example', host: 'evil.example' };
      expect(await use(await tokenOf(), headers)).toMatchObject({ status: 403, body: { code: 'ORIGIN_MISMATCH' } });
    });
  });

  it('in a token is refused after its key was revoked', async () => {
    const asked = { tenantId: 'demo', label: 'brief', origins: [origin], actor: 'test' };
    const { widgetKey } = await journey.bus.ask(CreateWidgetKey, asked);
    const token = await tokenOf(widgetKey);
    await journey.bus.ask(RevokeWidgetKey, { tenantId: 'demo', widgetKey, actor: 'test' });
    for (const [, use] of uses) expect(await use(token, { origin })).toMatchObject({ status: 401 });
    expect((await send('GET', `/widget?token=${token}`, {})).status).toBe(401);
  });
  it('of a key may ask all that a call needs: a browser is told so before it asks, and a stranger’s is not', async () => {
    const paths = ['public/widget/renew', 'consent', 'session', 'session/events', 'heartbeat', 'session/end'];
    const more = ['transcripts/append', 'transcripts/finalize', 'usage/report', 'tools/execute'];
    const asks = ['authorization', 'content-type', 'idempotency-key', 'last-event-id'];
    for (const path of [...paths, ...more])
      for (const [from, told] of [
        [origin, origin],
        [rival, rival],
        ['http://evil.example', null],
        ['null', null],
      ] as const) {
        const headers = { origin: from, 'access-control-request-method': 'POST' };
        const answer = await fetch(`${journey.url}/api/${path}`, { method: 'OPTIONS', headers });
        expect(answer.headers.get('access-control-allow-origin'), `${path} ${from}`).toBe(told);
        expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
        const allowed = answer.headers.get('access-control-allow-headers')?.toLowerCase().split(', ') ?? [];
        if (told !== null) expect(allowed).toEqual(expect.arrayContaining(asks));
      }
  });
  it('is refused when it is hostile, in a header or in the address of the page', async () => {
    const token = await tokenOf();
    for (const from of hostileOrigins) {
      const named = `/widget?${new URLSearchParams({ key: journey.widgetKey, origin: from })}`;
      expect((await send('GET', named, {})).status, from).toBeGreaterThanOrEqual(400);
      if (!/^[\x20-\x7e]*$/.test(from)) continue;
      expect(await send('POST', '/api/session', { ...bearer(token), origin: from }, {})).toMatchObject({ status: 403 });
    }
  });

  describe('with a session token', () => {
    const call = async () => {
      const { body } = await send('POST', '/api/session', { ...bearer(await tokenOf()), origin }, {});
      return { sm_session_id: String(body.sm_session_id), authToken: String(body.session_token) };
    };
    const message = { id: 'item_1', role: 'user', text: 'hello', ts: Date.now() };
    const used = { responseId: 'resp_1', text_in: 1, text_out: 1, audio_in: 1, audio_out: 1 };
    const routes = [
      ['/api/heartbeat', {}],
      ['/api/usage/report', used],
      ['/api/transcripts/append', { messages: [message] }],
      ['/api/transcripts/finalize', {}],
      ['/api/session/end', {}],
    ] as const;
    it('may be our own page’s, one of the key’s, or absent, because a server holds tokens too', async () => {
      for (const [path, body] of routes)
        for (const headers of [{ origin }, { origin: journey.url }, {}])
          expect(await send('POST', path, headers, { ...(await call()), ...body }), path).toMatchObject({
            status: path.endsWith('append') ? 202 : 200,
          });
    });
    it('may not be another page’s, another tenant’s, or hidden', async () => {
      const held = await call();
      for (const [path, body] of routes)
        for (const from of ['null', rival, 'http://evil.example'])
          expect(await send('POST', path, { origin: from }, { ...held, ...body }), `${path} ${from}`).toMatchObject({
            status: 403,
            body: { code: 'ORIGIN_MISMATCH' },
          });
    });
  });

  describe('as the page that frames a call', () => {
    const page = async (query: string, headers = {}) => {
      const answer = await fetch(`${journey.url}/widget?${query}`, { headers });
      return {
        status: answer.status,
        policy: answer.headers.get('content-security-policy') ?? '',
        html: await answer.text(),
      };
    };
    it('must be named and belong to the key, when the address holds no token', async () => {
      const { status, policy, html } = await page(`key=${journey.widgetKey}&origin=${encodeURIComponent(origin)}`);
      expect(status).toBe(200);
      expect(policy.split('; ')).toContain(`frame-ancestors ${origin}`);
      expect(html).toContain(`<meta name="vox-origin" content="${origin}">`);
    });
    it('may not be one that the key is not bound to, nor be missing', async () => {
      expect((await page(`key=${journey.widgetKey}&origin=${encodeURIComponent(rival)}`)).status).toBe(403);
      expect((await page(`key=${rivalKey}&origin=${encodeURIComponent(origin)}`)).status).toBe(403);
      expect((await page(`key=w_demo_page_0000000000000000&origin=${encodeURIComponent(origin)}`)).status).toBe(401);
      for (const [query, path] of [
        [`key=${journey.widgetKey}`, 'origin'],
        [`origin=${encodeURIComponent(origin)}`, 'token'],
        ['', 'token'],
      ] as const) {
        const { status, html } = await page(query);
        expect([status, JSON.parse(html).issues[0].path]).toEqual([400, path]);
      }
    });
    it('does not matter to a page outside a frame, which is refused with a token or a key', async () => {
      const open = { 'sec-fetch-dest': 'document' };
      expect((await page(`token=${await tokenOf()}`, open)).status).toBe(403);
      expect((await page(`key=${journey.widgetKey}&origin=${encodeURIComponent(origin)}`, open)).status).toBe(403);
      expect((await page(`token=${await tokenOf()}`, { 'sec-fetch-dest': 'iframe' })).status).toBe(200);
    });
  });
});
