import { limitsAt, type Policy } from '@vox/contracts';
import { somePolicy } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hold } from './admit.ts';
import { exceeding, nothing, plus } from './amount.ts';
import { type Budget, countedIn, dayIn, newBudget, type Reservation, resetDay, withToldReset } from './budget.ts';
import { calendarOf } from './calendar.ts';
import { capsUnder } from './caps.ts';
import { offerOf } from './price.ts';
import { listPrices } from './prices.ts';
import { grow, settle, settleMore } from './reservation.ts';
import { worstCase } from './worst-case.ts';

const startMs = Date.parse('2026-05-05T12:00:00Z');
const calendar = calendarOf('UTC', startMs);
const { day } = calendar;
const identity = { kind: 'console' as const, userId: 'u' };
const offer = offerOf(listPrices, 'gpt-realtime-2.1', startMs);
if (offer.kind !== 'offered') throw new Error('the model has no price');
const { price } = offer;

const by = { actor: 'operator:test' };
const reset = (budget: Budget, id: string) => resetDay(budget, { id, day, atMs: startMs, by });
const booked = { settled: { tokens: 5, micros: 50, seconds: 500 }, reserved: { tokens: 1, micros: 1, seconds: 1 } };
const used: Budget = { ...newBudget, month: booked, days: { [day]: booked } };

describe('a reset', () => {
  it('lets what is booked count as zero and keeps it, and leaves what is reserved', () => {
    const { budget, reset: made } = reset(used, 'r1');
    expect(made.credited).toEqual(booked.settled);
    for (const totals of [dayIn(budget, day), budget.month]) {
      expect(countedIn(totals)).toEqual(nothing);
      expect(totals).toMatchObject(booked);
    }
  });
  it('happens once for a request, however often it is asked for', () => {
    const once = reset(used, 'r1').budget;
    const more = { ...once, days: { [day]: { ...dayIn(once, day), settled: plus(booked.settled, booked.settled) } } };
    expect(reset(more, 'r1').budget).toBe(more);
    expect(reset(more, 'r2').reset.credited).toEqual(booked.settled);
  });
  it('is remembered until it is told, and a budget never remembers many that are told', () => {
    let budget = reset(used, 'untold').budget;
    for (let n = 0; n < 100; n += 1) budget = withToldReset(reset(budget, `r${n}`).budget, `r${n}`);
    expect(budget.resets?.filter(({ isTold }) => !isTold).map(({ id }) => id)).toEqual(['untold']);
    expect(budget.resets?.length).toBeLessThan(40);
    expect(withToldReset(budget, 'r99')).toBe(budget);
  });
});

/** A policy whose day in micro-dollars is overridden until a moment. */
const overridden = (value: number, untilMs: number): Policy =>
  somePolicy(
    { overrides: [{ kind: 'console', limit: 'microsPerDay', value, until: new Date(untilMs).toISOString() }] },
    { microsPerDay: 2_000_000 },
  );

describe('an override', () => {
  it('binds its own kind and limit until its moment, in the middle of a day too', () => {
    const policy = overridden(5, startMs);
    expect(limitsAt(policy, 'console', startMs - 1)).toEqual({ ...policy.limits.console, microsPerDay: 5 });
    expect(limitsAt(policy, 'console', startMs)).toEqual(policy.limits.console);
    expect(limitsAt(policy, 'widget', startMs - 1)).toEqual(policy.limits.widget);
  });

  it('that begins and ends, and resets, let no call hold more than the cap in force when it was held (I1)', () => {
    const step = fc.record({
      what: fc.constantFrom('hold', 'hold', 'grow', 'settle', 'settleMore', 'reset', 'override', 'wait'),
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      amount: fc.integer({ min: 0, max: 4_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        let budget = newBudget;
        let nowMs = startMs;
        let policy = overridden(0, 0);
        for (const { what, id, amount } of steps) {
          if (what === 'wait') nowMs += amount;
          if (what === 'override') policy = overridden(amount * 1_000, nowMs + amount);
          const caps = capsUnder(policy, 'console', nowMs);
          const after = changed(budget, what, { sessionId: id, identity, nowMs }, caps, amount);
          expectKept(budget, after, caps.day);
          budget = after;
        }
      }),
    );
  });
});

type Owner = Parameters<typeof grow>[2];
type Caps = Parameters<typeof grow>[1];

function changed(budget: Budget, what: string, owner: Owner, caps: Caps, amount: number): Budget {
  if (what === 'reset') return reset(budget, `r${budget.resets?.length ?? 0}`).budget;
  if (what === 'hold') {
    const wish = { ...owner, price, caps, wantedSeconds: amount, calendar, leaseMs: 60_000 };
    const answer = hold(budget, wish);
    return 'denial' in answer ? budget : answer.budget;
  }
  const held: Reservation | undefined = budget.pending[owner.sessionId];
  if (held === undefined) return budget;
  if (what === 'settle') return settle(budget, caps, owner, held, worstCase(price, amount));
  if (what === 'settleMore') return settleMore(budget, caps, owner, held, worstCase(price, amount));
  return what === 'grow' ? grow(budget, caps, owner, held, plus(held.amount, worstCase(price, amount))).budget : budget;
}

/**
 * Whatever counts or is held grows only up to the cap in force. A lower cap takes nothing from who holds it already: a
 * budget can stand above it, and then it only shrinks.
 */
function expectKept(before: Budget, after: Budget, cap: Parameters<typeof exceeding>[1]): void {
  const [was, is] = [dayIn(before, day), dayIn(after, day)];
  const total = (totals: typeof is) => plus(countedIn(totals), totals.reserved);
  for (const of of ['tokens', 'micros', 'seconds'] as const)
    expect(total(is)[of]).toBeLessThanOrEqual(Math.max(cap[of], total(was)[of]));
  // What was booked is never lost.
  expect(exceeding(was.settled, is.settled)).toBeUndefined();
  expect(exceeding(is.credit ?? nothing, is.settled)).toBeUndefined();
  expect([is.settled, is.reserved, is.credit]).toEqual([after.month.settled, after.month.reserved, after.month.credit]);
}
