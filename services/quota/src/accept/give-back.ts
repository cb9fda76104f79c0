import { newBudget, release } from '../decide/budget.ts';
import type { Needs } from './needs.ts';

/** Gives back what is held for a session that was not admitted. Nothing held, nothing written. */
export const giveBack = (needs: Needs, budgetKey: string, sessionId: string): Promise<void> =>
  needs.budgets.change(budgetKey, (budget = newBudget) => {
    const state = release(budget, sessionId);
    return state === budget ? { result: undefined } : { result: undefined, state };
  });
