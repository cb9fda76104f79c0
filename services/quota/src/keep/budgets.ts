import { Amount, Measure, Period } from '@vox/shared/contracts';
import type { CellKind, Cells } from '@vox/shared/store';
import { z } from 'zod';
import type { Budget } from '../decide/budget.ts';

/** Budgets by tenant, kind of identity and month. */
export type Budgets = Cells<Budget>;

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

export const budgetCells: CellKind<Budget> = {
  collection: 'budgets',
  schema: z.object({
    month: Held,
    days: z.record(z.string(), Held),
    reservations: z.record(
      z.string(),
      z.object({ day: z.string(), amount: Amount, untilMs: z.number(), settlement: Settled.optional() }),
    ),
    told: z.array(z.string()),
  }),
  /** When the first lease ends that nobody settled. */
  dueAtMs: (budget) => {
    const open = Object.values(budget.reservations).filter(({ settlement }) => settlement === undefined);
    return open.length === 0 ? undefined : Math.min(...open.map(({ untilMs }) => untilMs));
  },
};
