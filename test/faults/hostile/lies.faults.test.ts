import { setTimeout as pause } from 'node:timers/promises';
import { ListSessions } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { type Answer, type Shop, shopOn } from '../../stack/visitor.ts';
import { hostileStack, soon, statuses, times, usage, wide } from './harness.ts';

const { isOpen, stack, factsOf } = await hostileStack();
const tokensPerSecond = 10;

type Doubted = { why: string; claimed: { tokens: number } };
type Settled = { settled: { tokens: number; micros: number; seconds: number }; uncovered: { tokens: number } };
const settledOf = (shop: Shop) => factsOf('vox.quota.settled.v1', shop.tenantId) as unknown as Settled[];
const endsOf = (shop: Shop) => factsOf('vox.session.ended.v1', shop.tenantId);

describe.skipIf(!isOpen)('a browser that lies about its use', () => {
  const begun = async (limits: object = {}): Promise<{ shop: Shop; granted: Answer }> => {
    const shop = await shopOn(stack, { ...wide, ...limits });
    const granted = await shop.start();
    expect((await shop.say('/api/heartbeat', granted)).status).toBe(200);
    return { shop, granted };
  };

  it.each([
    ['too little', [usage('r1', { audio_out: 1 })]],
    ['nothing at all', []],
  ])('with %s still pays what an open microphone costs', async (_what, reports) => {
    const { shop, granted } = await begun();
    for (const report of reports) await shop.say('/api/usage/report', granted, report);
    await pause(3_100);
    await shop.say('/api/session/end', granted);
    await expect.poll(() => settledOf(shop).length, soon).toBe(1);
    const [ended] = endsOf(shop);
    expect(Number(ended?.connectedSeconds)).toBeGreaterThanOrEqual(3);
    expect(settledOf(shop)[0]?.settled.tokens).toBe(Number(ended?.connectedSeconds) * tokensPerSecond);
  });

  it('with impossible values is refused, and nothing is counted', async () => {
    const { shop, granted } = await begun();
    const lies = [-1, 0.5, 1e12, 100_000_001, '1', null, [1], { $gt: 0 }, Number.MAX_SAFE_INTEGER, true];
    for (const lie of lies)
      expect((await shop.say('/api/usage/report', granted, usage('r1', { audio_out: lie }))).status).toBe(400);
    for (const responseId of ['', 'x'.repeat(129), 7, null, 'a\u0000b', '\ud800', 'two words', '{"$set":1}\n'])
      expect((await shop.say('/api/usage/report', granted, { ...usage('r'), responseId })).status).toBe(400);
    expect((await shop.say('/api/usage/report', granted, usage('r2', { audio_out: 7 }))).body.tokens).toBeLessThan(60);
    expect(factsOf('vox.usage.reported.v1', shop.tenantId)).toHaveLength(1);
  });

  it('with more than its call can have used loses the call, and the possible use is booked', async () => {
    const { shop, granted } = await begun({ sessionSeconds: 60, tokensPerDay: 60_000 });
    const huge = usage('r1', { text_in: 100_000_000, audio_out: 100_000_000 });
    expect((await shop.say('/api/usage/report', granted, huge)).status).toBe(200);
    await expect.poll(() => endsOf(shop).map(({ reason }) => reason), soon).toEqual(['policy']);
    await expect.poll(() => settledOf(shop).length, soon).toBe(1);
    expect(settledOf(shop)[0]?.settled.tokens).toBeLessThanOrEqual(15_000);
    const [doubt] = factsOf('vox.security.report-doubted.v1', shop.tenantId) as unknown as Doubted[];
    expect(doubt?.claimed.tokens).toBeGreaterThan(199_000_000);
    expect((await shop.start()).status).toBe(200);
  });

  it('with uncached tokens called cached pays no less than the provider’s lowest price', async () => {
    const { shop, granted } = await begun();
    const all = usage('r1', { text_in: 1_000, cached_in: 100_000_000 });
    expect((await shop.say('/api/usage/report', granted, all)).body.dollars).toBeGreaterThanOrEqual(0.0004);
  });

  it('for the call of another learns nothing and changes nothing', async () => {
    const [mine, theirs] = [await begun(), await begun()];
    const forged = (sessionId: unknown) =>
      mine.shop.post(
        '/api/usage/report',
        { sm_session_id: sessionId, ...usage('r', { audio_out: 9 }) },
        mine.shop.bearer(mine.granted.body.session_token),
      );
    const [real, none] = [await forged(theirs.granted.body.id), await forged('00000000-0000-4000-8000-000000000000')];
    const { requestId: _one, ...about } = real.body as Record<string, unknown>;
    const { requestId: _other, ...nothing } = none.body as Record<string, unknown>;
    expect([real.status, about]).toEqual([404, nothing]);
    expect(factsOf('vox.usage.reported.v1', theirs.shop.tenantId)).toEqual([]);
  });

  it('after the end of the call still pays for it', async () => {
    const { shop, granted } = await begun();
    await shop.say('/api/session/end', granted);
    await expect.poll(() => settledOf(shop).length, soon).toBe(1);
    expect((await shop.say('/api/usage/report', granted, usage('r1', { audio_out: 500 }))).body.tokens).toBe(500);
    await expect.poll(() => factsOf('vox.quota.adjusted.v1', shop.tenantId).length, soon).toBe(1);
  });
});

describe.skipIf(!isOpen)('a browser that lies about its presence', () => {
  it('with too many heartbeats is slowed, and its call goes on', async () => {
    const shop = await shopOn(stack, wide);
    const granted = await shop.start();
    const beats = await times(150, () => shop.say('/api/heartbeat', granted));
    expect(statuses(beats)[429]).toBeGreaterThanOrEqual(30);
    const slowed = beats.find(({ status }) => status === 429);
    expect(slowed).toMatchObject({ body: { code: 'RATE_LIMIT_EXCEEDED', scope: 'user' } });
    expect(Number(slowed?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(endsOf(shop)).toEqual([]);
  });

  it('without a heartbeat loses its line after half a minute, and its session token opens nothing', async () => {
    const shop = await shopOn(stack, { ...wide, openSessions: 1 });
    const granted = await shop.start();
    await expect.poll(() => endsOf(shop).map(({ reason }) => reason), { timeout: 45_000 }).toEqual(['never_connected']);
    expect(await shop.say('/api/heartbeat', granted)).toMatchObject({ status: 403, body: { code: 'SESSION_ENDED' } });
    expect((await shop.start()).status).toBe(200);
  });

  it('in two places still has one call, which one end ends for both', async () => {
    const shop = await shopOn(stack, wide);
    const granted = await shop.start();
    const beat = (from: string, callId: string) =>
      shop.post(
        '/api/heartbeat',
        { sm_session_id: granted.body.id, callId },
        shop.bearer(granted.body.session_token),
        from,
      );
    const both = [await beat('203.0.113.10', 'rtc_one'), await beat('2001:db8:77::1', 'rtc_two')];
    expect(statuses(both)).toEqual({ 200: 2 });
    const listed = await stack.operator.ask(ListSessions, { tenantId: shop.tenantId, actor: 'test' });
    expect(listed.sessions).toHaveLength(1);
    await shop.say('/api/session/end', granted);
    expect(statuses([await beat('203.0.113.10', 'rtc_one'), await beat('2001:db8:77::1', 'x')])).toEqual({ 403: 2 });
    await expect.poll(() => endsOf(shop), soon).toHaveLength(1);
  });
});
