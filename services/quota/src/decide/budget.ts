import type { Acting, Amount, Identity, Measure, Period } from '@vox/contracts';
import { exceeding, minus, nothing, plus, smaller } from './amount.ts';
import type { Caps } from './caps.ts';
import type { Crossing } from './threshold.ts';

/** What a day or a month counts. `credit` is the part of what is settled that counts no longer since a reset. */
export type PeriodTotals = Readonly<{ settled: Amount; reserved: Amount; credit?: Amount | undefined }>;

/** A reset of a day, who asked for it and why. `isTold`: its fact is published. */
export type Reset = Readonly<{ id: string; day: string; credited: Amount; atMs: number; by: Acting; isTold: boolean }>;

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
  /** Resets by the request that asked for each, so that a repeat resets nothing. */
  resets?: readonly Reset[] | undefined;
  /** Whether all that is settled here is counted as usage too. Budgets from before usage was kept do not say so. */
  isUsageKept?: boolean | undefined;
}>;

/** The period and measure that cannot hold an amount. */
export type Shortfall = Readonly<{ period: Period; measure: Measure }>;

const empty: PeriodTotals = { settled: nothing, reserved: nothing };
export const newBudget: Budget = { seq: 0, month: empty, days: {}, told: [], pending: {}, isUsageKept: true };

export const dayIn = (budget: Budget, day: string): PeriodTotals => budget.days[day] ?? empty;

/** What is booked and counts: all that is settled but what was credited. */
export const countedIn = ({ settled, credit }: PeriodTotals): Amount =>
  credit === undefined ? settled : minus(settled, credit);

/** What both periods can still hold. */
export function free(budget: Budget, caps: Caps, day: string): Amount {
  const left = (totals: PeriodTotals, cap: Amount): Amount => minus(cap, plus(countedIn(totals), totals.reserved));
  return smaller(left(dayIn(budget, day), caps.day), left(budget.month, caps.month));
}

/** The first period and measure that cannot hold an amount. */
export function shortfallOf(budget: Budget, caps: Caps, day: string, wanted: Amount): Shortfall | undefined {
  for (const period of ['day', 'month'] as const) {
    const totals = period === 'day' ? dayIn(budget, day) : budget.month;
    const measure = exceeding(plus(plus(countedIn(totals), totals.reserved), wanted), caps[period]);
    if (measure !== undefined) return { period, measure };
  }
  return undefined;
}

/** Told resets that are remembered. A request that comes again later than that many others resets once more. */
const resetsKept = 32;

/**
 * Credits what a day has booked, in the day and in the month: it counts as zero from now on, and stays booked. What is
 * reserved stays reserved, and counts in full when it is settled. The same request credits once.
 */
export function resetDay(
  budget: Budget,
  { id, day, atMs, by }: Pick<Reset, 'id' | 'day' | 'atMs' | 'by'>,
): Readonly<{ budget: Budget; reset: Reset }> {
  const resets = budget.resets ?? [];
  const known = resets.find((each) => each.id === id);
  if (known !== undefined) return { budget, reset: known };
  const credited = countedIn(dayIn(budget, day));
  const reset: Reset = { id, day, credited, atMs, by, isTold: false };
  const credit = (totals: PeriodTotals): PeriodTotals => ({
    ...totals,
    credit: plus(totals.credit ?? nothing, credited),
  });
  const kept = [...resets.filter(({ isTold }) => !isTold), ...resets.filter(({ isTold }) => isTold).slice(-resetsKept)];
  return {
    budget: {
      ...budget,
      month: credit(budget.month),
      days: { ...budget.days, [day]: credit(dayIn(budget, day)) },
      resets: [...kept, reset],
    },
    reset,
  };
}

/** Notes that the fact of a reset is published. */
export const withToldReset = (budget: Budget, id: string): Budget => {
  const isTold = budget.resets?.every((each) => each.id !== id || each.isTold) ?? true;
  if (isTold) return budget;
  return { ...budget, resets: budget.resets?.map((each) => (each.id === id ? { ...each, isTold: true } : each)) };
};
