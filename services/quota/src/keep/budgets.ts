import { Amount, Identity, Measure, Period } from '@vox/contracts';
import { counterDueAtMs, type DocumentStore, type StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { Budget, Reservation } from '../decide/budget.ts';

/** Budgets by tenant, kind of identity and month. */
export type Budgets = DocumentStore<Budget>;

export const budgetKey = (tenantId: string, identityKind: string, month: string): string =>
  `${tenantId}:${identityKind}:${month}`;

const Held = z.object({ settled: Amount, reserved: Amount });
const Crossing = z.object({
  period: Period,
  measure: Measure,
  percent: z.union([z.literal(50), z.literal(80), z.literal(100)]),
  limit: z.number(),
});
const Settled = z.object({ settled: Amount, uncovered: Amount, crossed: z.array(Crossing) });
const reservation = {
  root: z.number().int(),
  seq: z.number().int(),
  day: z.string(),
  amount: Amount,
  untilMs: z.number(),
  settlement: Settled.optional(),
};
export const StoredReservation: z.ZodType<Reservation> = z.object(reservation);

export const budgetCells: StoredKind<Budget> = {
  collection: 'budgets',
  schema: z.object({
    seq: z.number().int().nonnegative(),
    month: Held,
    days: z.record(z.string(), Held),
    told: z.array(z.string()),
    pending: z.record(z.string(), z.object({ ...reservation, identity: Identity, atMs: z.number() })),
  }),
  dueAtMs: counterDueAtMs,
};
