import { ListSessions } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { shopOn } from '../../stack/visitor.ts';
import { codes, hostileStack, soon, statuses, times, wide } from './harness.ts';

const { isOpen, stack, factsOf } = await hostileStack();

describe.skipIf(!isOpen)('a client that changes its identity each time', () => {
  const open = async (tenantId: string) =>
    (await stack.operator.ask(ListSessions, { tenantId, actor: 'test' })).sessions.length;

  it('counts as one address within a /64, over both copies', async () => {
    const shop = await shopOn(stack, wide);
    const answers = await times(200, (n) => shop.bootstrap(`2001:db8:0:1:${n.toString(16)}::${n.toString(16)}`));
    expect(statuses(answers)).toEqual({ 200: 80, 429: 120 });
  });

  it('across networks meets the tenant’s cap of open calls', async () => {
    const shop = await shopOn(stack, { ...wide, openSessions: 7 });
    const answers = await times(150, (n) =>
      shop.post('/api/session', { widgetKey: shop.widgetKey }, {}, `2001:db8:${n.toString(16)}::1`),
    );
    expect(statuses(answers)[200]).toBe(7);
    expect(await open(shop.tenantId)).toBe(7);
    expect(codes(answers).MAX_CONCURRENT_SESSIONS).toBeGreaterThan(0);
  });

  it('with a new token each time meets the tenant’s limit of starts in a minute', async () => {
    const shop = await shopOn(stack, { ...wide, sessionStartsPerMinute: 9 });
    const answers = await times(100, async (n) => {
      const from = `2001:db8:${n.toString(16)}:a::1`;
      const { body } = await shop.bootstrap(from);
      return shop.post('/api/session', {}, shop.bearer(body.widgetSessionToken), from);
    });
    expect(statuses(answers)[200]).toBe(9);
    expect(await open(shop.tenantId)).toBe(9);
  });

  it('meets the tenant’s budget, of which no more is promised than exists', async () => {
    // A worst case of sixty seconds costs 0.096 dollars: half a dollar pays for five and a shorter one.
    const shop = await shopOn(stack, { ...wide, sessionSeconds: 60, microsPerDay: 500_000 });
    const answers = await times(150, (n) =>
      shop.post('/api/session', { widgetKey: shop.widgetKey }, {}, `2001:db8:${n.toString(16)}:b::1`),
    );
    expect(statuses(answers)[200]).toBeLessThanOrEqual(6);
    const promised = () =>
      factsOf('vox.quota.reserved.v1', shop.tenantId).reduce(
        (sum, { reserved }) => sum + (reserved as unknown as { micros: number }).micros,
        0,
      );
    await expect.poll(promised, soon).toBeGreaterThan(400_000);
    expect(promised()).toBeLessThanOrEqual(500_000);
    expect(codes(answers).DAILY_QUOTA_EXCEEDED).toBeGreaterThan(0);
  });

  it('takes nothing from another tenant', async () => {
    const [victim, other] = [await shopOn(stack, { ...wide, openSessions: 1 }), await shopOn(stack, wide)];
    const flood = times(150, (n) =>
      victim.post('/api/session', { widgetKey: victim.widgetKey }, {}, `2001:db8:${n.toString(16)}:c::1`),
    );
    const served = await times(5, () => other.start());
    await flood;
    expect(statuses(served)).toEqual({ 200: 5 });
  });
});
