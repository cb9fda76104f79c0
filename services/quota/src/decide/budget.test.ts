import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hold } from './admit.ts';
import { exceeding, nothing, plus } from './amount.ts';
import { type Budget, type Caps, capsOf, dayIn, free, grow, newBudget, release, settle } from './budget.ts';
import { calendarOf } from './calendar.ts';
import { costMicros, leastCase, type Price, priceOf, worstCase } from './price.ts';

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
const ask = (sessionId: string, over: Partial<Parameters<typeof hold>[1]> = {}) => ({
  sessionId,
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
  return answer;
};

describe('a price', () => {
  it('rounds up to a micro-dollar and counts cached input at its own price', () => {
    expect(costMicros(price, { textIn: 1, textOut: 0, audioIn: 0, audioOut: 0, cachedIn: 1 })).toBe(1);
    expect(costMicros(price, { textIn: 100, textOut: 10, audioIn: 1_000, audioOut: 500, cachedIn: 600 })).toBe(
      40 + 160 + 500 * 32 + 200 + 500 * 64,
    );
  });
  it('is the newest in effect, and a model without one has none', () => {
    const lists = [
      { effectiveFromMs: 0, models: { m: price } },
      { effectiveFromMs: nowMs, models: { m: { ...price, textIn: 1 } } },
    ];
    expect(priceOf(lists, 'm', nowMs - 1)?.textIn).toBe(4_000_000);
    expect(priceOf(lists, 'm', nowMs)?.textIn).toBe(1);
    expect(priceOf(lists, 'constructor', nowMs)).toBeUndefined();
  });
});

describe('a budget', () => {
  it('holds the worst case, and the same again for the same session', () => {
    const once = held(hold(newBudget, ask('a')));
    expect(once.seconds).toBe(900);
    expect(dayIn(once.budget, calendar.day).reserved).toEqual(worstCase(price, 900));
    expect(hold(once.budget, ask('a'))).toEqual({ budget: once.budget, seconds: 900 });
  });
  it('that is nearly spent gives a shorter call, then none, and says when it fills again', () => {
    const first = held(hold(newBudget, ask('a')));
    const second = held(hold(first.budget, ask('b')));
    expect(second.seconds).toBe(350);
    expect(exceeding(worstCase(price, 351), free(first.budget, caps, calendar.day))).toBe('dollars');
    expect(hold(second.budget, ask('c'))).toEqual({
      denial: { reason: 'quota', scope: 'dollars', resetsAt: '2026-05-06T00:00:00.000Z' },
    });
  });
  it('of zero allows nothing', () => {
    const zero = { ...caps, day: { ...caps.day, tokens: 0 } };
    expect(hold(newBudget, ask('a', { caps: zero }))).toMatchObject({ denial: { scope: 'tokens' } });
    expect(hold(newBudget, ask('a', { wantedSeconds: 0 }))).toMatchObject({ denial: { reason: 'quota' } });
  });
  it('books what was used, gives the rest back, and never books above a cap', () => {
    const { budget } = held(hold(newBudget, ask('a')));
    const used = leastCase(price, 60);
    expect(settle(budget, caps, 'a', used).reservations.a?.settlement).toEqual({
      settled: used,
      uncovered: nothing,
      crossed: [],
    });
    const huge = { tokens: 1, micros: 9_000_000, seconds: 1 };
    const over = settle(budget, caps, 'a', huge);
    expect(over.reservations.a?.settlement).toMatchObject({
      settled: { micros: 2_000_000 },
      uncovered: { micros: 7_000_000 },
    });
    expect(settle(over, caps, 'a', huge)).toEqual(over);
    expect(release(over, 'a')).toEqual(over);
  });
  it('tells 50, 80 and 100 percent once, and again after a raise', () => {
    const spend = (budget: Budget, id: string, micros: number, limits = caps) =>
      settle(held(hold(budget, ask(id, { caps: limits, wantedSeconds: 30 }))).budget, limits, id, {
        ...nothing,
        micros,
      });
    const told = (budget: Budget, id: string) =>
      budget.reservations[id]?.settlement?.crossed.map((each) => `${each.period} ${each.percent}`);
    const half = spend(newBudget, 'a', 1_700_000);
    expect(told(half, 'a')).toEqual(['day 50', 'day 80', 'month 50']);
    const more = spend(half, 'b', 100_000);
    expect(told(more, 'b')).toEqual([]);
    const raised = { ...caps, day: { ...caps.day, micros: 3_000_000 } };
    expect(told(spend(more, 'c', 50_000, raised), 'c')).toEqual(['day 50']);
  });
  it('takes its caps from the policy, where null leaves a cap open', () => {
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
  it('never holds and books more than a cap together, whatever happens in whatever order (I1)', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd');
    const step = fc.oneof(
      fc.record({ do: fc.constant('hold' as const), id, seconds: fc.integer({ min: 0, max: 2_000 }) }),
      fc.record({ do: fc.constant('settle' as const), id, seconds: fc.integer({ min: 0, max: 5_000 }) }),
      fc.record({ do: fc.constant('grow' as const), id, seconds: fc.integer({ min: 0, max: 5_000 }) }),
      fc.record({ do: fc.constant('release' as const), id, seconds: fc.constant(0) }),
    );
    const apply = (
      budget: Budget,
      { do: what, id: sessionId, seconds }: { do: string; id: string; seconds: number },
    ): Budget => {
      if (what === 'release') return release(budget, sessionId);
      if (what === 'settle') return settle(budget, caps, sessionId, worstCase(price, seconds));
      if (what === 'grow') {
        const now = budget.reservations[sessionId]?.amount.seconds ?? 0;
        return grow(budget, caps, sessionId, worstCase(price, now + seconds)).budget;
      }
      const answer = hold(budget, ask(sessionId, { wantedSeconds: seconds }));
      return 'denial' in answer ? budget : answer.budget;
    };
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let budget = newBudget;
        for (const each of steps) {
          budget = apply(budget, each);
          const day = dayIn(budget, calendar.day);
          expect(exceeding(plus(day.settled, day.reserved), caps.day)).toBeUndefined();
          expect(exceeding(plus(budget.month.settled, budget.month.reserved), caps.month)).toBeUndefined();
          const open = Object.values(budget.reservations).filter(({ settlement }) => settlement === undefined);
          const sum = open.reduce((total, { amount }) => plus(total, amount), nothing);
          expect(day.reserved).toEqual(sum);
        }
      }),
    );
  });
});
