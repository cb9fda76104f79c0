import { reservationOf } from '../decide/record.ts';
import { reconcile } from '../decide/reservation.ts';
import type { BudgetCounters } from '../keep/budgets.ts';
import type { Requests } from '../keep/requests.ts';

export type ReleaseDependencies = Readonly<{
  budgets: Pick<BudgetCounters, 'reconcile'>;
  requests: Pick<Requests, 'read'>;
}>;

/**
 * Releases what is pending for a session and was not decided on, and forgets what its record knows. The record is read
 * after the budget, so it says what the budget then forgets. Where nothing is to be done, nothing is written.
 */
export const releasePending = (
  { budgets, requests }: ReleaseDependencies,
  budgetKey: string,
  sessionId: string,
): Promise<void> =>
  budgets.reconcile(budgetKey, async (budget) => {
    const record = budget.pending[sessionId] && (await requests.read(sessionId));
    return record ? reconcile(budget, sessionId, reservationOf(record)) : budget;
  });
