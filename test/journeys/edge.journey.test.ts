import { randomUUID } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { BlockList } from 'node:net';
import { RequestRefused, RevokeWidgetKey } from '@vox/contracts';
import { edgeApp } from '@vox/edge-guard/app';
import { routes } from '@vox/edge-guard/routes';
import { listen } from '@vox/platform/http';
import { silentLog } from '@vox/platform/telemetry';
import { settled } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

const ipPerMinute = 1_000;
const guards = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'origin-agent-cluster',
  'referrer-policy',
  'x-content-type-options',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
];
const limitHeaders = [
  'ratelimit-policy',
  'ratelimit',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
];
let journey: Journey;
let fixture: Journey['fixture'];
let bus: Journey['bus'];
let widgetKey: string;

beforeEach(async () => {
  journey = await openJourney({ limits: { openSessionsPerPerson: 1 }, ipPerMinute });
  ({ fixture, bus, widgetKey } = journey);
});
afterEach(() => journey.close());
const ask = (path: string, init: RequestInit = {}) => fetch(fixture.url + path, init);

describe('CORS', () => {
  const preflight = (path: string, from: string) =>
    ask(path, { method: 'OPTIONS', headers: { origin: from, 'access-control-request-method': 'POST' } });
  it('opens the API, refusals included, only to the origins of a living key', async () => {
    expect((await preflight('/api/session', origin)).headers.get('access-control-allow-origin')).toBe(origin);
    expect(
      (await preflight('/api/session', 'https://evil.example')).headers.get('access-control-allow-origin'),
    ).toBeNull();
    const refused = await ask('/api/session', { method: 'POST', headers: { origin } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, origin]);
    await bus.ask(RevokeWidgetKey, { tenantId: 'demo', widgetKey, actor: 'test' });
    expect((await preflight('/api/session', origin)).headers.get('access-control-allow-origin')).toBeNull();
  });
  it('lets every page read why bootstrap refuses it', async () => {
    const refused = await ask(`/api/public/widget/bootstrap?key=${widgetKey}`, {
      headers: { origin: 'https://evil.example' },
    });
    expect(refused.headers.get('access-control-allow-origin')).toBe('https://evil.example');
    expect(await refused.json()).toMatchObject({ ok: false, code: 'ORIGIN_MISMATCH', error: expect.any(String) });
  });
});

describe('the widget’s page', () => {
  it('may be framed only by the origin that its token was made for', async () => {
    const boot = await ask(`/api/public/widget/bootstrap?key=${widgetKey}`, { headers: { origin } });
    const { widgetSessionToken: token } = (await boot.json()) as { widgetSessionToken: string };
    const page = await ask(`/widget?token=${token}&tenantId=demo`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain(`frame-ancestors ${origin};`);
    expect(page.headers.get('x-frame-options')).toBeNull();
    expect(page.headers.get('permissions-policy')).toContain('microphone');
    expect((await ask('/widget?token=a.b.c')).status).toBe(401);
    for (const path of ['/voice-widget.js', '/widget.js', '/widget/assets/page.js', '/widget/assets/altcha/pow.js'])
      expect((await ask(path)).headers.get('content-type')).toContain('javascript');
  });
});

describe('a refusal of the widget’s page', () => {
  it('tells a visitor the reason in any frame, and a program in the error shape', async () => {
    const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';
    const page = await ask('/widget?token=a.b.c', { headers: { accept } });
    expect([page.status, page.headers.get('content-type')]).toEqual([401, 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toContain('frame-ancestors http: https:');
    expect(page.headers.get('x-frame-options')).toBeNull();
    expect(await page.text()).toContain('Please reload the page and try again.');
    const problem = await ask('/widget?token=a.b.c');
    expect(problem.headers.get('content-type')).toContain('application/problem+json');
    expect(problem.headers.get('x-frame-options')).toBe('SAMEORIGIN');
  });
});

describe('every answer', () => {
  it('carries the security headers, on every route and every refusal', async () => {
    const asked = routes.flatMap(({ method, paths }) => paths.map((path) => [method.toUpperCase(), path] as const));
    const others = [
      ['GET', '/voice-widget.js'],
      ['GET', '/widget/assets/page.js'],
      ['OPTIONS', '/api/session'],
      ['GET', '/nothing'],
      ['PUT', '/%'],
    ] as const;
    for (const [method, path] of [...asked, ...others]) {
      const { headers } = await ask(path, { method });
      expect([path, ...guards.map((name) => headers.get(name))]).toEqual([
        path,
        ...guards.map(() => expect.any(String)),
      ]);
      expect(headers.get('vary')).toBe('Origin');
      expect(headers.get('x-powered-by')).toBeNull();
    }
    const granted = await ask('/api/session', {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ widgetKey }),
    });
    expect(granted.status).toBe(200);
    for (const name of [...guards, ...limitHeaders]) expect([name, granted.headers.get(name)]).not.toContain(null);
    expect(granted.headers.get('cache-control')).toBe('no-store');
  });
});

describe('an address over its limit', () => {
  it('is refused before its body is read, and the refusal is published as a fact', async () => {
    const startWithoutBody = () =>
      new Promise<IncomingMessage>((resolve, reject) => {
        const headers = { origin, 'content-type': 'application/json', 'content-length': '60000' };
        const asked = request(`${fixture.url}/api/session`, { method: 'POST', headers }, (response) => {
          response.resume().once('end', () => {
            resolve(response);
            asked.destroy();
          });
        });
        asked.once('error', reject);
        asked.flushHeaders();
      });
    for (let n = 0; n < ipPerMinute + 1; n += 1) await ask('/api/public/widget/bootstrap?key=none');
    const refused = await startWithoutBody();
    expect(refused.statusCode).toBe(429);
    expect(refused.headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'ratelimit-policy': `"ip";q=${ipPerMinute};w=60`,
      'x-ratelimit-remaining': '0',
      'retry-after': expect.stringMatching(/^[1-9]\d*$/),
      'access-control-allow-origin': origin,
    });
    await settled(bus);
    const refusals = bus.published().filter(({ type }) => type === `${RequestRefused.name}.v1`);
    expect(refusals.map(({ data }) => data)).toContainEqual(
      expect.objectContaining({ code: 'RATE_LIMIT_EXCEEDED', scope: 'ip', route: '/api/session' }),
    );
  });
});

describe('the edge in production', () => {
  it('accepts only https, as a trusted proxy reports it, and tells browsers to use nothing else', async () => {
    const proxies = new BlockList();
    proxies.addAddress('127.0.0.1');
    const settings = {
      proxies,
      requireHttps: true,
      bodyBytes: 1_024,
      providerUrl: 'https://api.openai.com',
      publicOrigins: new Set<string>(),
    };
    const needs = {
      ...settings,
      log: silentLog,
      uuid: randomUUID,
      isKnownOrigin: () => false,
      policies: { get: () => undefined },
      refusals: { note: () => undefined },
    };
    const door = await listen(edgeApp(needs as never), { host: '127.0.0.1', port: 0 });
    const plain = await fetch(`${door.url}/voice-widget.js`);
    expect(plain.status).toBe(400);
    expect(await plain.json()).toMatchObject({ issues: [{ message: 'must be asked for over https' }] });
    const secure = await fetch(`${door.url}/voice-widget.js`, { headers: { 'x-forwarded-proto': 'https' } });
    expect(secure.status).toBe(200);
    expect(secure.headers.get('strict-transport-security')).toContain('max-age=31536000');
    await door.close(0);
  });
});
