import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hold } from './admit.ts';
import { exceeding, nothing, plus } from './amount.ts';
import { type Budget, dayIn, free, newBudget, type Reservation } from './budget.ts';
import { calendarOf } from './calendar.ts';
import { type Caps, capsOf } from './caps.ts';
import { countUsage } from './count-usage.ts';
import { type Price, priceOf, type TokenPrice } from './price.ts';
import { grow, reconcile, settle, settleMore, standing } from './reservation.ts';
import { leastCase, worstCase } from './worst-case.ts';

const price: Price = {
  textIn: 4_000_000,
  textOut: 16_000_000,
  audioIn: 32_000_000,
  audioOut: 64_000_000,
  cachedTextIn: 400_000,
  cachedAudioIn: 400_000,
};
const nowMs = Date.parse('2026-05-05T12:00:00Z');
const calendar = calendarOf('UTC', nowMs);
const caps: Caps = {
  day: { tokens: 300_000, micros: 2_000_000, seconds: Infinity },
  month: { tokens: Infinity, micros: 3_000_000, seconds: Infinity },
};
const identity = { kind: 'console' as const, userId: 'u' };
const ownedBy = (sessionId: string) => ({ sessionId, identity, nowMs });
const ask = (sessionId: string, over: Partial<Parameters<typeof hold>[1]> = {}) => ({
  sessionId,
  identity,
  price,
  caps,
  wantedSeconds: 900,
  calendar,
  nowMs,
  leaseMs: 60_000,
  ...over,
});
const held = (answer: ReturnType<typeof hold>) => {
  if ('denial' in answer) throw new Error(answer.denial.reason);
  return { ...answer, seconds: answer.reservation.amount.seconds };
};
/** The reservation of a session once its record has taken over what is pending. */
const pendingOf = (budget: Budget, sessionId: string): Reservation => {
  const pending = budget.pending[sessionId];
  if (pending === undefined) throw new Error('nothing is pending');
  return pending;
};

describe('a price', () => {
  it('rounds up to a micro-dollar and counts cached input at its own price', () => {
    expect(countUsage(price, { textIn: 1, textOut: 0, audioIn: 0, audioOut: 0, cachedIn: 1 }).micros).toBe(1);
    expect(countUsage(price, { textIn: 100, textOut: 10, audioIn: 1_000, audioOut: 500, cachedIn: 600 }).micros).toBe(
      40 + 160 + 500 * 32 + 200 + 500 * 64,
    );
  });
  it('is the newest in effect; a model that no list names has none', () => {
    const lists = [
      { effectiveFromMs: 0, models: { m: price } },
      { effectiveFromMs: nowMs, models: { m: { ...price, textIn: 1 } } },
    ];
    expect((priceOf(lists, 'm', nowMs - 1) as TokenPrice).textIn).toBe(4_000_000);
    expect((priceOf(lists, 'm', nowMs) as TokenPrice).textIn).toBe(1);
    expect(priceOf(lists, 'constructor', nowMs)).toBeUndefined();
  });
});

describe('a budget', () => {
  it('holds the worst case, and the same again for the same session', () => {
    const once = held(hold(newBudget, ask('a')));
    expect(once.seconds).toBe(900);
    expect(dayIn(once.budget, calendar.day).reserved).toEqual(worstCase(price, 900));
    expect(hold(once.budget, ask('a'))).toEqual({ budget: once.budget, reservation: pendingOf(once.budget, 'a') });
  });
  it('that is nearly spent admits a shorter call, then none, and says when it is whole again', () => {
    const first = held(hold(newBudget, ask('a')));
    const second = held(hold(first.budget, ask('b')));
    expect(second.seconds).toBe(350);
    expect(exceeding(worstCase(price, 351), free(first.budget, caps, calendar.day))).toBe('dollars');
    expect(hold(second.budget, ask('c'))).toEqual({
      denial: { reason: 'quota', scope: 'dollars', resetsAt: '2026-05-06T00:00:00.000Z' },
    });
  });
  it('of zero allows no call', () => {
    const zero = { ...caps, day: { ...caps.day, tokens: 0 } };
    expect(hold(newBudget, ask('a', { caps: zero }))).toMatchObject({ denial: { scope: 'tokens' } });
    expect(hold(newBudget, ask('a', { wantedSeconds: 0 }))).toMatchObject({ denial: { reason: 'quota' } });
  });
  it('books what was used, releases the rest, and never books above a cap', () => {
    const { budget } = held(hold(newBudget, ask('a')));
    const used = leastCase(price, 60);
    const settled = settle(budget, caps, ownedBy('a'), pendingOf(budget, 'a'), used);
    expect(pendingOf(settled, 'a').settlement).toEqual({ settled: used, uncovered: nothing, crossed: [] });
    const huge = { tokens: 1, micros: 9_000_000, seconds: 1 };
    const over = settle(budget, caps, ownedBy('a'), pendingOf(budget, 'a'), huge);
    expect(pendingOf(over, 'a').settlement).toMatchObject({
      settled: { micros: 2_000_000 },
      uncovered: { micros: 7_000_000 },
    });
    expect(settle(over, caps, ownedBy('a'), pendingOf(over, 'a'), huge)).toEqual(over);
    expect(dayIn(reconcile(over, 'a', pendingOf(over, 'a')), calendar.day)).toEqual(dayIn(over, calendar.day));
  });
  it('releases a hold that was not decided on, and forgets one that its record knows', () => {
    const { budget } = held(hold(newBudget, ask('a')));
    expect(reconcile(budget, 'a', undefined)).toEqual({
      ...newBudget,
      seq: 1,
      days: { [calendar.day]: newBudget.month },
    });
    const known = reconcile(budget, 'a', pendingOf(budget, 'a'));
    expect(known).toEqual({ ...budget, pending: {} });
    // A copy that did not know of the decision holds once more: that hold alone is released.
    const twice = held(hold(known, ask('a', { wantedSeconds: 60 })));
    expect(dayIn(twice.budget, calendar.day).reserved).toEqual(plus(worstCase(price, 900), worstCase(price, 60)));
    expect(reconcile(twice.budget, 'a', pendingOf(budget, 'a'))).toEqual({ ...known, seq: 2 });
  });
  it('names 50, 80 and 100 percent of a limit once, and again after the limit was raised', () => {
    const spend = (budget: Budget, id: string, micros: number, limits = caps) => {
      const after = held(hold(budget, ask(id, { caps: limits, wantedSeconds: 30 }))).budget;
      return settle(after, limits, ownedBy(id), pendingOf(after, id), { ...nothing, micros });
    };
    const crossed = (budget: Budget, id: string) =>
      pendingOf(budget, id).settlement?.crossed.map((each) => `${each.period} ${each.percent}`);
    const half = spend(newBudget, 'a', 1_700_000);
    expect(crossed(half, 'a')).toEqual(['day 50', 'day 80', 'month 50']);
    const more = spend(half, 'b', 100_000);
    expect(crossed(more, 'b')).toEqual([]);
    const raised = { ...caps, day: { ...caps.day, micros: 3_000_000 } };
    expect(crossed(spend(more, 'c', 50_000, raised), 'c')).toEqual(['day 50']);
  });
  it('takes its caps from the policy, of which a null leaves a cap open', () => {
    expect(
      capsOf({
        tokensPerDay: 1,
        microsPerDay: 2,
        secondsPerDay: null,
        tokensPerMonth: null,
        microsPerMonth: 5,
        secondsPerMonth: null,
      } as never),
    ).toEqual({
      day: { tokens: 1, micros: 2, seconds: Infinity },
      month: { tokens: Infinity, micros: 5, seconds: Infinity },
    });
  });
  it('never holds and books more than a cap together, whatever happens in which order and stays pending (I1)', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd');
    const step = fc.record({
      what: fc.constantFrom('hold', 'decide', 'deny', 'reconcile', 'settle', 'settleMore', 'grow', 'takeOver'),
      id,
      seconds: fc.integer({ min: 0, max: 5_000 }),
    });
    /** A budget, and what the record of each session knows: `null` for a denied one. */
    type Kept = Readonly<{ budget: Budget; records: Readonly<Record<string, Reservation | null>> }>;
    const knowing = ({ budget, records }: Kept, sessionId: string, record: Reservation | null): Kept => ({
      budget,
      records: { ...records, [sessionId]: record },
    });
    const changed = (kept: Kept, what: string, sessionId: string, seconds: number): Budget => {
      const record = kept.records[sessionId];
      if (what === 'hold') {
        const answer = hold(kept.budget, ask(sessionId, { wantedSeconds: seconds }));
        return 'denial' in answer ? kept.budget : answer.budget;
      }
      if (record === undefined) return kept.budget;
      const budget = reconcile(kept.budget, sessionId, record ?? undefined);
      if (record === null || what === 'reconcile') return budget;
      const now = standing(budget, sessionId, record);
      const used = worstCase(price, seconds);
      if (what === 'settle') return settle(budget, caps, ownedBy(sessionId), now, used);
      if (what === 'settleMore') return settleMore(budget, caps, ownedBy(sessionId), now, used);
      return grow(budget, caps, ownedBy(sessionId), now, worstCase(price, now.amount.seconds + seconds)).budget;
    };
    const apply = (kept: Kept, { what, id: sessionId, seconds }: { what: string; id: string; seconds: number }) => {
      const record = kept.records[sessionId];
      const pending = kept.budget.pending[sessionId];
      if (what === 'decide' || what === 'deny')
        return record !== undefined || pending === undefined
          ? kept
          : knowing(kept, sessionId, what === 'decide' ? pending : null);
      if (what === 'takeOver')
        return record && pending ? knowing(kept, sessionId, standing(kept.budget, sessionId, record)) : kept;
      return { ...kept, budget: changed(kept, what, sessionId, seconds) };
    };
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        let kept: Kept = { budget: newBudget, records: {} };
        for (const each of steps) {
          kept = apply(kept, each);
          const { budget, records } = kept;
          const day = dayIn(budget, calendar.day);
          expect(exceeding(plus(day.settled, day.reserved), caps.day)).toBeUndefined();
          expect(exceeding(plus(budget.month.settled, budget.month.reserved), caps.month)).toBeUndefined();
          // The counts are what records hold, what is pending after them, and holds that nobody decided on.
          const known = Object.entries(records).flatMap(([id, record]) =>
            record === null ? [] : [standing(budget, id, record)],
          );
          const undecided = Object.entries(budget.pending).flatMap(([id, hold]) =>
            records[id]?.root === hold.root ? [] : [hold],
          );
          const open = [...known, ...undecided].filter(({ settlement }) => settlement === undefined);
          expect(day.reserved).toEqual(open.reduce((total, { amount }) => plus(total, amount), nothing));
        }
      }),
    );
  });
});
