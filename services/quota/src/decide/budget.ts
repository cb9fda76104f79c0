import type { Amount, Identity, Measure, Period } from '@vox/contracts';
import { exceeding, minus, nothing, plus, smaller } from './amount.ts';
import type { Caps } from './caps.ts';
import type { Crossing } from './threshold.ts';

/** What a day or a month counts. */
export type PeriodTotals = Readonly<{ settled: Amount; reserved: Amount }>;

/** What became of a reservation. It stays with the request's record, so that a repeat finds it. */
export type Settlement = Readonly<{ settled: Amount; uncovered: Amount; crossed: readonly Crossing[] }>;

/**
 * What a budget holds, or has booked, for one session. The request's record keeps it. `root` and `seq` number the
 * budget's changes: the one that made this hold, and the latest. When two copies meet, one session can have two holds:
 * they differ in their root, and only one of them is ever decided on.
 */
export type Reservation = Readonly<{
  root: number;
  seq: number;
  day: string;
  amount: Amount;
  untilMs: number;
  settlement?: Settlement | undefined;
}>;

/** A reservation that the budget counts and that its record may not know yet. */
export type PendingReservation = Reservation & Readonly<{ identity: Identity; atMs: number }>;

/** One tenant's budget of one kind of identity in one month: its counts, and the changes under way. */
export type Budget = Readonly<{
  seq: number;
  month: PeriodTotals;
  days: Readonly<Record<string, PeriodTotals>>;
  /** Thresholds that were published, by day or month, measure, percent and the limit at that time. */
  told: readonly string[];
  pending: Readonly<Record<string, PendingReservation>>;
}>;

/** The period and measure that cannot hold an amount. */
export type Shortfall = Readonly<{ period: Period; measure: Measure }>;

const empty: PeriodTotals = { settled: nothing, reserved: nothing };
export const newBudget: Budget = { seq: 0, month: empty, days: {}, told: [], pending: {} };

export const dayIn = (budget: Budget, day: string): PeriodTotals => budget.days[day] ?? empty;

/** What both periods can still hold. */
export function free(budget: Budget, caps: Caps, day: string): Amount {
  const left = (totals: PeriodTotals, cap: Amount): Amount => minus(cap, plus(totals.settled, totals.reserved));
  return smaller(left(dayIn(budget, day), caps.day), left(budget.month, caps.month));
}

/** The first period and measure that cannot hold an amount. */
export function shortfallOf(budget: Budget, caps: Caps, day: string, wanted: Amount): Shortfall | undefined {
  for (const period of ['day', 'month'] as const) {
    const totals = period === 'day' ? dayIn(budget, day) : budget.month;
    const measure = exceeding(plus(plus(totals.settled, totals.reserved), wanted), caps[period]);
    if (measure !== undefined) return { period, measure };
  }
  return undefined;
}
