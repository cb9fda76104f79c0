import { randomUUID } from 'node:crypto';
import { SessionUsage, UsageReported } from '@vox/contracts';
import { countersIn, type DocumentStore } from '@vox/platform/store';
import { settled, somePolicy } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultBounds } from '../decide/believable.ts';
import { newBudget } from '../decide/budget.ts';
import { newUsageDay } from '../decide/usage-day.ts';
import { type Fixture, openFixture, reportOf } from '../quota.fixture.ts';
import { countReport } from './count-usage.ts';

let fixture: Fixture;
let id: string;
beforeEach(() => {
  id = randomUUID();
});
afterEach(() => fixture.close());

const laterDeadline = { deadlineAt: '2026-05-05T12:05:00.000Z' };
const admittedSeconds = () =>
  fixture.factsOf('session.admitted').map(({ data }) => (data as { maxSeconds: number }).maxSeconds);
const doubts = () => fixture.factsOf('security.report-doubted').map(({ data }) => data);

describe('a usage report', () => {
  it('that is impossible counts as much as is possible; the rest is a claim and leaves the day to others', async () => {
    fixture = await openFixture();
    await fixture.request(id);
    fixture.clock.advanceMs(10_000);
    for (const responseId of ['r1', 'r2'])
      await fixture.bus.publish(UsageReported, reportOf(id, responseId, { audioOut: 100_000_000 }));
    await settled(fixture.bus);
    const { used } = (await fixture.usageOf(id)) as { used: { tokens: number; micros: number } };
    expect(used.tokens).toBeLessThan(15_000);
    expect(used.micros).toBeLessThan(500_000);
    const { tokens: believed } = used;
    expect(doubts()[0]).toMatchObject({ sessionId: id, why: 'impossible', believed: { tokens: believed } });
    expect(doubts()[0]).toMatchObject({ claimed: { tokens: 100_000_000 - believed } });
    expect(JSON.stringify(doubts())).not.toMatch(/v_|w_acme/);
    expect(await fixture.requests.read(id)).toMatchObject({ claimed: { tokens: 200_000_000 - believed } });
    await fixture.request(randomUUID(), laterDeadline);
    expect(admittedSeconds()).toEqual([900, 900]);
  });

  it('that is possible is booked also above its share of the day, and ends its own call and no other', async () => {
    fixture = await openFixture({ limits: { sessionSeconds: 300 } });
    await fixture.request(id);
    fixture.clock.advanceMs(290_000);
    for (let n = 0; n < 3; n += 1) await fixture.report(id, `r${n}`, { audioOut: 20_000 });
    expect(fixture.factsOf('quota.exceeded')).toEqual([]);
    for (let n = 3; n < 8; n += 1) await fixture.report(id, `r${n}`, { audioOut: 20_000 });
    expect(await fixture.usageOf(id)).toMatchObject({ used: { tokens: 160_000 }, day: { used: { tokens: 160_000 } } });
    expect(doubts()).toEqual([]);
    expect(fixture.factsOf('quota.exceeded')).toMatchObject([{ data: { sessionId: id, period: 'day' } }]);
    await fixture.end(id, 290);
    expect(fixture.factsOf('quota.settled')).toMatchObject([{ data: { settled: { tokens: 160_000 } } }]);
    await fixture.request(randomUUID(), laterDeadline);
    expect(admittedSeconds()).toEqual([300, 300]);
  });

  it('each ten seconds, of instructions that are mostly cached, lets a direct call go on', async () => {
    fixture = await openFixture({ limits: { sessionSeconds: 900 } });
    await fixture.request(id);
    for (let n = 1; n <= 35; n += 1) {
      fixture.clock.advanceMs(10_000);
      // Five seconds of each side a turn.
      const said = (n - 1) * 150 + 50;
      const cachedIn = Math.floor(0.9 * (500 + said));
      await fixture.report(id, `r${n}`, { textIn: 500, textOut: 20, audioIn: said, audioOut: 100, cachedIn });
    }
    expect([fixture.factsOf('quota.exceeded'), doubts()]).toEqual([[], []]);
  });

  it('adds no more ids of responses to a record than a call can have, however long they are', async () => {
    fixture = await openFixture();
    await fixture.request(id);
    for (let n = 0; n < 140; n += 1)
      await fixture.bus.publish(UsageReported, reportOf(id, `${n}-${'x'.repeat(120)}`, {}));
    await settled(fixture.bus);
    const record = await fixture.requests.read(id);
    const ids = record?.kind === 'admitted' ? record.responseIds : [];
    expect(ids).toHaveLength(125);
    expect(Math.max(...ids.map(({ length }) => length))).toBe(44);
    expect(doubts()[0]).toMatchObject({ why: 'impossible' });
  });
});

describe('the answer to a usage report', () => {
  /** Counts what is asked of a store. */
  const counted = <T>(store: DocumentStore<T>, name: string, asked: string[]): DocumentStore<T> => ({
    ...store,
    async read(key) {
      asked.push(`read ${name}`);
      return store.read(key);
    },
    async update(key, decide) {
      asked.push(`update ${name}`);
      return store.update(key, decide);
    },
  });
  async function answered(responseId: string, audioOut: number) {
    const asked: string[] = [];
    const { bus, budgets, requests, clock } = fixture;
    const dependencies = {
      bus,
      clock,
      policies: { get: () => somePolicy() },
      bounds: defaultBounds,
      budgets: countersIn(counted(budgets, 'budget', asked), newBudget),
      usageCounters: countersIn(fixture.usageDays, newUsageDay),
      requests: counted(requests, 'record', asked),
    };
    const waiting = bus.expect(SessionUsage, { timeoutMs: 2_000 });
    await countReport(dependencies, reportOf(id, responseId, { audioOut }), waiting.replyTo);
    const answer = await waiting.answer;
    // What is answered to whoever reported is answered to whoever asks.
    expect(await fixture.usageOf(id)).toEqual(answer);
    return { asked, answer };
  }
  const grown = ['update record', 'update budget', 'read record', 'update record'];

  it('asks the record and the budget once each, where the reservation holds what was used', async () => {
    fixture = await openFixture();
    await fixture.request(id);
    const { asked, answer } = await answered('r1', 100);
    expect(asked).toEqual(['update record', 'read budget']);
    expect(answer).toMatchObject({ kind: 'known', used: { tokens: 100, micros: 6_400 } });
  });

  it('asks the budget once where the reservation grows; a repeat asks no more than a report that fits', async () => {
    fixture = await openFixture({ limits: { sessionSeconds: 60 } });
    await fixture.request(id);
    fixture.clock.advanceMs(60_000);
    const { asked, answer } = await answered('r1', 2_500);
    expect(asked).toEqual(grown);
    expect(answer).toMatchObject({ used: { tokens: 2_500 }, day: { used: { tokens: 2_500 } } });
    expect((await answered('r1', 2_500)).asked).toEqual(['update record', 'read budget']);
  });

  it('asks the budget once where the call is settled, and writes nothing for a repeat', async () => {
    fixture = await openFixture();
    await fixture.request(id);
    await fixture.end(id, 60);
    const { asked, answer } = await answered('r1', 2_000);
    // What is booked besides is counted as usage besides.
    expect(asked).toEqual([...grown, 'read record', 'update record']);
    expect(answer).toMatchObject({ used: { tokens: 2_000 }, day: { used: { tokens: 2_000 } } });
    expect((await answered('r1', 2_000)).asked).toEqual(grown.slice(0, 3));
  });

  it('is "unknown" to another tenant, by either way', async () => {
    fixture = await openFixture();
    await fixture.request(id);
    const waiting = fixture.bus.expect(SessionUsage, { timeoutMs: 2_000 });
    const report = reportOf(id, 'r1', { audioOut: 9 });
    const others = { ...report, data: { ...report.data, tenantId: 'other' } };
    await fixture.bus.publish(UsageReported, others, { replyTo: waiting.replyTo });
    expect(await waiting.answer).toEqual({ kind: 'unknown', sessionId: id });
    expect(await fixture.usageOf(id, 'other')).toEqual({ kind: 'unknown', sessionId: id });
    expect(await fixture.usageOf(id)).toMatchObject({ used: { tokens: 0 } });
  });
});
