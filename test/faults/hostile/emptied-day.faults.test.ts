import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { shopOn } from '../../stack/visitor.ts';
import { balance } from '../harness.ts';
import { hostileStack, soon, statuses, times, usage } from './harness.ts';

const { isOpen, stack, factsOf } = await hostileStack();
/** The platform's defaults: 300,000 tokens and 20 dollars a day, ten lines, calls of a quarter of an hour. */
const defaults = {
  ...{ openSessions: 10, openSessionsPerPerson: 2, openSessionsPerAddress: 5, sessionStartsPerMinute: 60 },
  ...{ sessionSeconds: 900, tokensPerDay: 300_000, microsPerDay: 20_000_000, requestsPerMinute: 6_000, burst: 1_000 },
};
type FactData = { sessionId: string; reason: string; why: string; settled: { tokens: number; micros: number } };

describe.skipIf(!isOpen)('a visitor who tries to empty the budget of a tenant’s day', () => {
  const dataOf = (type: string, tenantId: string) => factsOf(type, tenantId) as unknown as FactData[];
  const bookedOf = (tenantId: string) =>
    dataOf('vox.quota.settled.v1', tenantId).reduce((sum, { settled }) => sum + settled.tokens, 0);

  it('with one report of a hundred million tokens loses that call, and the next visitor gets a whole one', async () => {
    const shop = await shopOn(stack, defaults);
    const [liar, honest] = [await shop.start(), await shop.start()];
    for (const granted of [liar, honest]) expect((await shop.say('/api/heartbeat', granted)).status).toBe(200);
    const answer = await shop.say('/api/usage/report', liar, usage('r1', { text_out: 100_000_000 }));
    expect(answer.status).toBe(200);
    expect(Number((answer.body as { usage?: { tokens: number } }).usage?.tokens)).toBeLessThan(30_000);
    await expect
      .poll(() => dataOf('vox.session.ended.v1', shop.tenantId), soon)
      .toMatchObject([{ sessionId: liar.body.id, reason: 'policy' }]);
    const [doubt] = dataOf('vox.security.report-doubted.v1', shop.tenantId);
    expect(doubt).toMatchObject({ sessionId: liar.body.id, why: 'impossible' });
    expect(JSON.stringify(doubt)).not.toMatch(/v_|198\.18|a_/);
    expect((await shop.say('/api/heartbeat', honest)).status).toBe(200);
    const next = await shop.start();
    expect(next).toMatchObject({ status: 200, body: { limits: { maxSeconds: 900 } } });
    await balance(stack);
  });

  it('with endless reports in every field, from many calls at once, takes a small part of it', async () => {
    const shop = await shopOn(stack, defaults);
    const lies = ['text_in', 'text_out', 'audio_in', 'audio_out', 'image_in', 'unknown_in', 'unknown_out'];
    const calls = await times(6, () => shop.start());
    expect(statuses(calls)).toEqual({ 200: 6 });
    await times(6, (n) => shop.say('/api/heartbeat', calls[n] as (typeof calls)[number]));
    for (const granted of calls)
      await times(20, (n) =>
        shop.say(
          '/api/usage/report',
          granted,
          usage(`${n}-${'x'.repeat(100)}`, { [lies[n % 7] ?? '']: 10 ** ((n % 8) + 1) }),
        ),
      );
    await expect.poll(() => dataOf('vox.session.ended.v1', shop.tenantId).length, soon).toBe(6);
    await expect.poll(() => dataOf('vox.quota.settled.v1', shop.tenantId).length, soon).toBe(6);
    expect(bookedOf(shop.tenantId)).toBeLessThan(150_000);
    expect(await shop.start()).toMatchObject({ status: 200, body: { limits: { maxSeconds: 900 } } });
    await balance(stack);
  });

  it('with an invented length of the call is counted by the broker’s clock', async () => {
    const shop = await shopOn(stack, defaults);
    const granted = await shop.start();
    await shop.say('/api/heartbeat', granted);
    await pause(2_000);
    await shop.say('/api/usage/report', granted, usage('r1', { seconds: 86_400 }));
    await expect.poll(() => dataOf('vox.session.ended.v1', shop.tenantId).length, soon).toBe(1);
    await expect.poll(() => dataOf('vox.quota.settled.v1', shop.tenantId).length, soon).toBe(1);
    expect(dataOf('vox.quota.settled.v1', shop.tenantId)[0]?.settled.micros).toBeLessThan(500_000);
  });
});
