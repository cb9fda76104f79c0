import { RevokeWidgetKey, SetTenantStatus } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { watchedStack } from './test-stack.ts';
import { type Answer, type Shop, shopOn } from './visitor.ts';

const { isOpen, stack, factsOf } = await watchedStack({ env: { RATE_IP_PER_MIN: '20', RATE_BURST: '10' } });

const wide = {
  openSessions: 1_000,
  sessionStartsPerMinute: 1_000,
  tokensPerDay: 100_000_000,
  microsPerDay: 1_000_000_000,
};
const soon = { timeout: 20_000, interval: 100 };
const ours = 'https://shop.example';
type Wanted = Readonly<{ status: number; code: string; scope?: string }>;

/** Whatever refuses a call: the error shape, who may read it, what is left, when to come back, and the fact that tells of it. */
async function isRefused(shop: Shop, answer: Answer, { status, code, scope }: Wanted, origin: string | null = ours) {
  expect(answer).toMatchObject({ status, body: { ok: false, code, status, ...(scope && { scope }) } });
  expect(answer.body).toMatchObject({ userMessage: expect.any(String), requestId: expect.any(String) });
  const header = (name: string): string | null => answer.headers.get(name);
  expect(header('content-type')).toContain('application/problem+json');
  expect(header('access-control-allow-origin')).toBe(origin);
  expect(header('ratelimit-policy')).toMatch(/^"ip";q=30;w=60(, "user";q=\d+;w=60)?$|^"user";q=\d+;w=60$/);
  expect(header('ratelimit')).toMatch(/^"(ip|user)";r=\d+;t=\d+$/);
  for (const name of ['limit', 'remaining', 'reset']) expect(header(`x-ratelimit-${name}`)).toMatch(/^\d+$/);
  const waits = [409, 429, 503].includes(status);
  expect(waits).toBe(header('retry-after') !== null);
  if (waits) expect(header('retry-after')).toBe(String(answer.body.retryAfter));
  await expect
    .poll(() => factsOf('vox.security.request-refused.v1', shop.tenantId), soon)
    .toContainEqual(expect.objectContaining({ code, route: '/api/session', ...(scope && { scope }) }));
}

describe.skipIf(!isOpen)('a refusal on the stack has its code, status, headers and a fact', () => {
  it('by address', async () => {
    const shop = await shopOn(stack, wide);
    const from = '203.0.113.77';
    for (let n = 0; n < 30; n += 1) expect((await shop.bootstrap(from)).status).toBe(200);
    const refused = await shop.post('/api/session', { widgetKey: shop.widgetKey }, {}, from);
    await isRefused(shop, refused, { status: 429, code: 'RATE_LIMIT_EXCEEDED', scope: 'ip' });
    expect(refused.headers.get('ratelimit')).toMatch(/^"ip";r=0;t=\d+$/);
  });
  it('by visitor', async () => {
    const shop = await shopOn(stack, { ...wide, requestsPerMinute: 2, burst: 0 });
    const token = shop.bearer((await shop.bootstrap()).body.widgetSessionToken);
    for (let n = 0; n < 2; n += 1) expect((await shop.post('/api/session', {}, token)).status).toBe(200);
    const refused = await shop.post('/api/session', {}, token);
    await isRefused(shop, refused, { status: 429, code: 'RATE_LIMIT_EXCEEDED', scope: 'user' });
    expect(refused.headers.get('ratelimit-policy')).toBe('"user";q=2;w=60');
  });
  it.each(['https://shop.example.evil', 'http://shop.example', 'https://shop.example:8443', 'null'])(
    'by origin: %s',
    async (origin) => {
      const shop = await shopOn(stack, wide);
      await isRefused(shop, await shop.start({ origin }), { status: 403, code: 'ORIGIN_MISMATCH' }, null);
    },
  );
  it.each(['https://evil.example', 'null', 'http://localhost:1'])(
    'by the origin that a token comes from: %s',
    async (origin) => {
      const shop = await shopOn(stack, wide);
      const token = shop.bearer((await shop.bootstrap()).body.widgetSessionToken);
      const refused = await shop.post('/api/session', {}, { ...token, origin });
      await isRefused(shop, refused, { status: 403, code: 'ORIGIN_MISMATCH' }, null);
      expect((await shop.post('/api/session', {}, { ...token, origin: stack.url })).status).toBe(200);
    },
  );
  it('by bot check', async () => {
    const shop = await shopOn(stack, wide, { mode: 'proof-of-work', whenUnavailable: 'deny' });
    expect((await shop.bootstrap()).body.challenge).toMatchObject({ kind: 'proof-of-work' });
    await isRefused(shop, await shop.start(), { status: 403, code: 'BOT_BLOCKED' });
  });
  it('by a revoked key', async () => {
    const shop = await shopOn(stack, wide);
    await stack.operator.ask(RevokeWidgetKey, { tenantId: shop.tenantId, widgetKey: shop.widgetKey, actor: 'test' });
    await expect.poll(async () => (await shop.start()).status, { timeout: 1_000 }).toBe(401);
    expect((await shop.start()).body).toMatchObject({ code: 'INVALID_WIDGET_KEY' });
  });
  it('by a suspended tenant', async () => {
    const shop = await shopOn(stack, wide);
    await stack.operator.ask(SetTenantStatus, { tenantId: shop.tenantId, status: 'suspended', actor: 'test' });
    await expect.poll(async () => (await shop.start()).status, { timeout: 1_000 }).toBe(403);
    await isRefused(shop, await shop.start(), { status: 403, code: 'TENANT_SUSPENDED' });
  });

  describe('and a denial', () => {
    const isDenied = async (shop: Shop, answer: Answer, wanted: Wanted, denial: object) => {
      await isRefused(shop, answer, wanted);
      await expect
        .poll(() => factsOf('vox.session.denied.v1', shop.tenantId), soon)
        .toMatchObject([{ tenantId: shop.tenantId, ...denial }]);
    };

    it.each([
      ['tokens', { tokensPerDay: 0 }],
      ['dollars', { microsPerDay: 0 }],
      ['minutes', { secondsPerDay: 0 }],
    ])('by budget: %s', async (scope, limits) => {
      const shop = await shopOn(stack, { ...wide, ...limits });
      const refused = await shop.start();
      const denial = { by: 'quota', denial: { reason: 'quota', scope } };
      await isDenied(shop, refused, { status: 429, code: 'DAILY_QUOTA_EXCEEDED', scope }, denial);
      const seconds = (Date.parse(String(refused.body.resetsAt)) - Date.now()) / 1_000;
      expect(Math.abs(Number(refused.headers.get('retry-after')) - seconds)).toBeLessThan(30);
    });
    it.each([
      ['tenant', { openSessions: 1, openSessionsPerKey: 2 }],
      ['key', { openSessionsPerKey: 1 }],
      ['visitor', { openSessionsPerPerson: 1 }],
    ])('by open calls: of the %s', async (scope, limits) => {
      const shop = await shopOn(stack, { ...wide, ...limits });
      const token = shop.bearer((await shop.bootstrap()).body.widgetSessionToken);
      expect((await shop.post('/api/session', {}, token)).status).toBe(200);
      const denial = { by: 'session-broker', denial: { reason: 'too-many-open', scope } };
      const wanted = { status: 429, code: 'MAX_CONCURRENT_SESSIONS', scope };
      await isDenied(shop, await shop.post('/api/session', {}, token), wanted, denial);
    });
    it('by starts', async () => {
      const shop = await shopOn(stack, { ...wide, sessionStartsPerMinute: 1 });
      expect((await shop.start()).status).toBe(200);
      const refused = await shop.start();
      const denial = { by: 'session-broker', denial: { reason: 'rate-of-starts', scope: 'session-starts' } };
      await isDenied(shop, refused, { status: 429, code: 'RATE_LIMIT_EXCEEDED', scope: 'session-starts' }, denial);
      expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    });
    it.each([
      ['agentId', 'nobody', 'unknown-agent'],
      ['model', 'gpt-9', 'model-not-allowed'],
      ['voice', 'nobody', 'voice-not-allowed'],
    ])('by policy: the %s', async (path, name, reason) => {
      const shop = await shopOn(stack, wide);
      const refused = await shop.post('/api/session', { widgetKey: shop.widgetKey, [path]: name });
      const denial = { by: 'quota', denial: { reason } };
      await isDenied(shop, refused, { status: 400, code: 'INVALID_REQUEST' }, denial);
      expect(refused.body.issues).toMatchObject([{ path }]);
    });
    it('by the provider, whose words are not passed on', async () => {
      const shop = await shopOn(stack, wide);
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ fault: { kind: 'status', status: 500 } });
      await fetch(`${stack.simulatorUrl}/simulator/faults`, { method: 'POST', headers, body });
      const refused = await shop.start();
      const denial = { by: 'session-broker', denial: { reason: 'provider' } };
      await isDenied(shop, refused, { status: 502, code: 'UPSTREAM_UNAVAILABLE' }, denial);
      expect(JSON.stringify(refused.body)).not.toContain('private words');
      expect((await shop.start()).status).toBe(200);
    });
  });
});
