import { randomUUID } from 'node:crypto';
import { SessionRequested } from '@vox/contracts';
import { settled } from '@vox/testing';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type Fixture, openFixture, requestOf } from '../quota.fixture.ts';

let fixture: Fixture;
afterEach(() => fixture.close());

/** A call that was admitted, and of which quota then heard nothing for so many seconds. */
async function silentCall(seconds: number, limits: object = {}) {
  const opened = await openFixture({ limits: { sessionSeconds: 300, ...limits } });
  const { clock, close, end, factsOf, meter, report, request, sweep, usageOf } = opened;
  const id = randomUUID();
  await request(id);
  clock.advanceMs(seconds * 1_000);
  const call = {
    report: (responseId: string, audioOut: number) => report(id, responseId, { audioOut }),
    meter: (connectedSeconds: number) => meter(id, connectedSeconds),
    end: () => end(id, seconds),
    async leaseIsOver() {
      clock.advanceMs(3_600_000);
      await sweep();
      await settled(opened.bus);
    },
    doubts: () => factsOf('security.report-doubted'),
    async usage() {
      const known = await usageOf(id);
      if (known.kind !== 'known') throw new RangeError('unknown');
      return known;
    },
    close,
  };
  return { opened, call };
}

describe('usage that quota hears of late', () => {
  it('is booked if an honest call can have had it, in any order of reports, metering, end and lease', async () => {
    const calls = fc.integer({ min: 20, max: 280 }).chain((seconds) =>
      fc.record({
        seconds: fc.constant(seconds),
        // An answer each ten seconds, made faster than it is heard.
        answers: fc.array(fc.integer({ min: 300, max: 1_000 }), {
          minLength: Math.floor(seconds / 20),
          maxLength: Math.floor(seconds / 10),
        }),
        order: fc.array(fc.nat(1_000), { minLength: 40, maxLength: 40 }),
      }),
    );
    ({ opened: fixture } = await silentCall(1));
    await fc.assert(
      fc.asyncProperty(calls, async ({ seconds, answers, order }) => {
        const { call } = await silentCall(seconds, { tokensPerDay: 10_000_000 });
        const steps = [
          ...answers.map((audioOut, n) => () => call.report(`r${n}`, audioOut)),
          () => call.meter(Math.floor(seconds / 2)),
          call.end,
          call.leaseIsOver,
        ];
        const ordered = steps.map((step, n) => ({ step, rank: order[n] ?? 0 })).sort((a, b) => a.rank - b.rank);
        for (const { step } of ordered) await step();
        await call.leaseIsOver();
        const said = answers.reduce((sum, each) => sum + each, 0);
        const { used, day } = await call.usage();
        expect([used.tokens, day.used.tokens]).toEqual([said, said].map((each) => Math.max(each, seconds * 10)));
        expect(call.doubts()).toEqual([]);
        await call.close();
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('is booked also when it is reported after the lease settled its call, whose end may come last', async () => {
    const { opened, call } = await silentCall(200);
    fixture = opened;
    await call.leaseIsOver();
    await call.report('r1', 5_000);
    await call.end();
    expect(await call.usage()).toMatchObject({ used: { tokens: 5_000 }, day: { used: { tokens: 5_000 } } });
    expect(call.doubts()).toEqual([]);
  });

  it('is believed again, as far as it can be, when its call is found to have lasted longer', async () => {
    const { opened, call } = await silentCall(10);
    fixture = opened;
    await call.end();
    await call.report('r1', 40_000);
    const { used } = await call.usage();
    expect(used.tokens).toBeLessThan(40_000);
    await call.meter(200);
    expect(await call.usage()).toMatchObject({ used: { tokens: 40_000 }, day: { used: { tokens: 40_000 } } });
  });
});

describe('a call that outgrows its reservation', () => {
  it('ends when the budget has no more', async () => {
    fixture = await openFixture({ limits: { microsPerDay: 1_000_000, sessionSeconds: 60 } });
    // A minute holds 96,000 micro-dollars, and nine other calls hold all but a little of the rest.
    const ids = Array.from({ length: 10 }, () => randomUUID());
    for (const id of ids) await fixture.bus.publish(SessionRequested, requestOf(id));
    await settled(fixture.bus);
    expect(fixture.factsOf('session.admitted')).toHaveLength(10);
    fixture.clock.advanceMs(60_000);
    await fixture.report(ids[0] ?? '', 'r1', { audioOut: 3_500 });
    expect(fixture.factsOf('security.report-doubted')).toEqual([]);
    expect(fixture.factsOf('quota.exceeded')).toMatchObject([
      { data: { measure: 'dollars', period: 'day', resetsAt: '2026-05-06T00:00:00.000Z' } },
    ]);
  });
});
