import { reconcile } from '../decide/budget.ts';
import { heldBy } from '../decide/record.ts';
import type { Needs } from '../dependencies.ts';

/**
 * Gives back what is pending for a session and was not decided on, and forgets what its record knows. The record is asked after the budget, so
 * what the budget then forgets stands. Nothing to do, nothing written.
 */
export const giveBack = (needs: Needs, budgetKey: string, sessionId: string): Promise<void> =>
  needs.budgets.reconcile(budgetKey, async (budget) => {
    const record = budget.pending[sessionId] && (await needs.requests.read(sessionId));
    return record ? reconcile(budget, sessionId, heldBy(record)) : budget;
  });
