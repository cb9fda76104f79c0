import { randomUUID } from 'node:crypto';
import { PolicyDocument, SessionEnded, UsageReported } from '@vox/contracts';
import { countersIn } from '@vox/platform/store';
import { settled, somePolicy } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nothing } from '../decide/amount.ts';
import { defaultBounds } from '../decide/believable.ts';
import { newBudget } from '../decide/budget.ts';
import { newUsageDay } from '../decide/usage-day.ts';
import { endOf, type Fixture, openFixture, reportOf } from '../quota.fixture.ts';
import { settleSession } from './settle-session.ts';

let fixture: Fixture;
let id: string;
beforeEach(() => {
  id = randomUUID();
});
afterEach(() => fixture.close());

describe('a call', () => {
  it('is admitted by what the budget holds, settled by what was used, and the rest is released', async () => {
    fixture = await openFixture();
    await fixture.request(id);
    expect(fixture.factsOf('session.admitted')).toMatchObject([
      { data: { agentId: 'guide', model: 'gpt-realtime-2.1', voice: 'marin', maxSeconds: 900 } },
    ]);
    await fixture.report(id, 'r1', { audioOut: 100 });
    await fixture.report(id, 'r1', { audioOut: 999 });
    expect(await fixture.usageOf(id)).toMatchObject({ kind: 'known', used: { tokens: 100, micros: 6_400 } });
    expect(await fixture.usageOf(id, 'other')).toEqual({ kind: 'unknown', sessionId: id });
    await fixture.end(id, 60);
    // A minute of open microphone is 600 tokens at 32 dollars a million, more than was reported.
    expect(fixture.factsOf('quota.settled')).toMatchObject([
      { data: { settled: { tokens: 600, micros: 19_200, seconds: 60 }, uncovered: { micros: 0 } } },
    ]);
    expect((await fixture.budget())?.month.reserved).toEqual(nothing);
  });

  it('is booked once, though a copy sleeps between reading its record and writing, while others book it', async () => {
    fixture = await openFixture();
    const other = randomUUID();
    await fixture.request(id);
    const { bus, budget, budgets, requests, clock } = fixture;
    const asleep = Promise.withResolvers<void>();
    let reads = 0;
    const read = async (key: string) => {
      const record = await requests.read(key);
      reads += 1;
      // The first read finds the budget; the second is what is decided on.
      if (reads === 2) await asleep.promise;
      return record;
    };
    const dependencies = {
      bus,
      clock,
      policies: { get: () => somePolicy() },
      bounds: defaultBounds,
      budgets: countersIn(budgets, newBudget),
      usageCounters: countersIn(fixture.usageDays, newUsageDay),
      requests: { ...requests, read },
    };
    const sleeping = settleSession(dependencies, { sessionId: id, connectedSeconds: 60 });
    await expect.poll(() => reads).toBe(2);
    await bus.publish(SessionEnded, endOf(id, 60));
    await settled(bus);
    await fixture.request(other);
    expect(Object.keys((await budget())?.pending ?? {})).toEqual([other]);
    asleep.resolve();
    await sleeping;
    expect((await budget())?.month.settled).toEqual({ tokens: 600, micros: 19_200, seconds: 60 });
  });
});

describe('a report after the end of its call', () => {
  it('is booked once, and never past a cap', async () => {
    fixture = await openFixture({ limits: { microsPerDay: 1_500_000 } });
    await fixture.request(id);
    await fixture.end(id, 60);
    // 1,000 audio tokens out are 64,000 micro-dollars; the clock had booked 19,200.
    const report = reportOf(id, 'r1', { audioOut: 1_000 });
    for (const fact of [report, { ...report, id: 'again' }]) await fixture.bus.publish(UsageReported, fact);
    await settled(fixture.bus);
    const day = async () => (await fixture.budget())?.days['2026-05-05']?.settled.micros;
    const used = fixture.factsOf('quota.adjusted').at(-1)?.data as { settled: { micros: number } };
    expect(used.settled.micros).toBe(await day());
    expect(await day()).toBeGreaterThan(19_200);
    await fixture.bus.documents(PolicyDocument).put('acme', somePolicy({}, { microsPerDay: 1_000_000 }));
    await fixture.report(id, 'r2', { audioOut: 90_000 });
    expect(await day()).toBe(1_000_000);
    const uncovered = fixture.factsOf('quota.adjusted').at(-1)?.data as { uncovered: { micros: number } };
    expect(uncovered.uncovered.micros).toBeGreaterThan(0);
  });
});

describe('a threshold', () => {
  it('is published once in its period, and again when the limit was raised', async () => {
    fixture = await openFixture({ limits: { microsPerDay: 100_000 } });
    const spend = async (audioOut: number) => {
      const sessionId = randomUUID();
      await fixture.request(sessionId);
      await fixture.report(sessionId, 'r1', { audioOut });
      await fixture.end(sessionId, 0);
    };
    const published = () =>
      fixture.factsOf('quota.threshold').map(({ data }) => {
        const { period, measure, percent, limit } = data as Record<string, unknown>;
        return [period, measure, percent, limit];
      });
    await spend(800);
    expect(published()).toEqual([['day', 'dollars', 50, 100_000]]);
    await spend(100);
    expect(published()).toHaveLength(1);
    await fixture.bus.documents(PolicyDocument).put('acme', somePolicy({}, { microsPerDay: 110_000 }));
    await spend(10);
    expect(published().slice(1)).toEqual([['day', 'dollars', 50, 110_000]]);
  });
});
