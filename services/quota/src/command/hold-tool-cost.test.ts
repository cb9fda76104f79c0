import { HoldToolCost } from '@vox/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openFixture } from '../quota.fixture.ts';

const s = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
/** A call of one minute, whose tools may cost so much in a day, the call's own worst case aside. */
async function opened(leftMicros: number, copies = 1) {
  const probe = await openFixture({ limits: { sessionSeconds: 60 } });
  await probe.request(s(1));
  const held = (await probe.budget())?.month.reserved.micros ?? 0;
  await probe.close();
  const fixture = await openFixture({ limits: { sessionSeconds: 60, microsPerDay: held + leftMicros }, copies });
  await fixture.request(s(1));
  const hold = (useId: string, micros: number, over: object = {}) =>
    fixture.bus.ask(HoldToolCost, { tenantId: 'acme', sessionId: s(1), useId, micros, ...over });
  return { ...fixture, held, cap: held + leftMicros, hold };
}

describe('the cost of a tool', () => {
  it('is counted once for a use that is asked about twice', async () => {
    const { hold, usageOf, close } = await opened(1_000);
    expect(await hold('u1', 700)).toEqual({ kind: 'held' });
    expect(await hold('u1', 700)).toEqual({ kind: 'held' });
    expect(await usageOf(s(1))).toMatchObject({ used: { micros: 700 } });
    await close();
  });
  it('is refused where the budget has no more, and then counts nothing', async () => {
    const { hold, usageOf, close } = await opened(1_000);
    expect(await hold('u1', 1_001)).toMatchObject({ kind: 'exceeded', period: 'day', measure: 'dollars' });
    expect(await usageOf(s(1))).toMatchObject({ used: { micros: 0 } });
    expect(await hold('u2', 1_000)).toEqual({ kind: 'held' });
    await close();
  });
  it('is held beside all that its call itself may still use, whether that is much or little', async () => {
    const { hold, held, budget, end, factsOf, close } = await opened(1_000);
    expect(await hold('u1', 700)).toEqual({ kind: 'held' });
    expect((await budget())?.month.reserved.micros).toBe(held + 700);
    expect(await hold('u2', 301)).toMatchObject({ kind: 'exceeded' });
    expect((await budget())?.month.reserved.micros).toBe(held + 700);
    await end(s(1), 60);
    expect(factsOf('quota.settled')[0]?.data).toMatchObject({ uncovered: { micros: 0 } });
    await close();
  });
  it('is unknown for a call of another tenant, and for one that is over', async () => {
    const { hold, end, close } = await opened(1_000);
    expect(await hold('u1', 1, { tenantId: 'other' })).toEqual({ kind: 'unknown' });
    await end(s(1), 1);
    expect(await hold('u1', 1)).toEqual({ kind: 'unknown' });
    await close();
  });
  it('stands in what its call is settled with', async () => {
    const { hold, end, factsOf, close } = await opened(1_000);
    await hold('u1', 700);
    await end(s(1), 0);
    expect(factsOf('quota.settled')[0]?.data).toMatchObject({ settled: { micros: 700 }, uncovered: { micros: 0 } });
    await close();
  });
  it('never passes a cap with uses at once over two copies, and every one that is held is counted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 2, maxLength: 6 }), async (costs) => {
        const { hold, end, budget, factsOf, cap, close } = await opened(20_000, 2);
        const answers = await Promise.all(costs.map((micros, at) => hold(`u${at}`, micros)));
        const running = await budget();
        const heldMicros = costs.reduce((sum, each, at) => sum + (answers[at]?.kind === 'held' ? each : 0), 0);
        await end(s(1), 0);
        const settled = factsOf('quota.settled')[0]?.data as { settled: { micros: number } };
        await close();
        expect((running?.month.reserved.micros ?? 0) <= cap).toBe(true);
        expect(heldMicros).toBeLessThanOrEqual(20_000);
        expect(settled.settled.micros).toBe(heldMicros);
      }),
      { numRuns: 25 },
    );
  });
});
