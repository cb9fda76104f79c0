import { Amount, acting, Identity, Measure, Period } from '@vox/contracts';
import { type Counters, counterDueAtMs, type DocumentStore, type StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { Budget, Reservation } from '../decide/budget.ts';

/** Whoever resets publishes it at once. What is not told after so long was left by a crash. */
const tellAfterMs = 10_000;

/** When a sweep must look at a budget: while a change is pending, or a reset is not told. */
function budgetDueAtMs(budget: Budget): number | undefined {
  const untold = (budget.resets ?? []).filter(({ isTold }) => !isTold).map(({ atMs }) => atMs + tellAfterMs);
  const moments = [counterDueAtMs(budget), ...untold].filter((moment) => moment !== undefined);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/** Budgets by tenant, kind of identity and month. */
export type Budgets = DocumentStore<Budget>;
/** The same as counters: a change is pending until the record of its request says the same. */
export type BudgetCounters = Counters<Budget>;

export const budgetKey = (tenantId: string, identityKind: string, month: string): string =>
  `${tenantId}:${identityKind}:${month}`;

const PeriodTotals = z.object({ settled: Amount, reserved: Amount, credit: Amount.optional() });
const Reset = z.object({
  id: z.string(),
  day: z.string(),
  credited: Amount,
  atMs: z.number(),
  by: z.object(acting),
  isTold: z.boolean(),
});
const Crossing = z.object({
  period: Period,
  measure: Measure,
  percent: z.union([z.literal(50), z.literal(80), z.literal(100)]),
  limit: z.number(),
  credited: z.number().optional(),
});
const Settlement = z.object({ settled: Amount, uncovered: Amount, crossed: z.array(Crossing) });
const reservation = {
  root: z.number().int(),
  seq: z.number().int(),
  day: z.string(),
  amount: Amount,
  untilMs: z.number(),
  settlement: Settlement.optional(),
};
export const StoredReservation: z.ZodType<Reservation> = z.object(reservation);

export const budgetDocuments: StoredKind<Budget> = {
  collection: 'budgets',
  schema: z.object({
    seq: z.number().int().nonnegative(),
    month: PeriodTotals,
    days: z.record(z.string(), PeriodTotals),
    told: z.array(z.string()),
    pending: z.record(z.string(), z.object({ ...reservation, identity: Identity, atMs: z.number() })),
    resets: z.array(Reset).optional(),
    isUsageKept: z.boolean().optional(),
  }),
  dueAtMs: budgetDueAtMs,
};
