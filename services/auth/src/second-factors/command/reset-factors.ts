import type { Acting } from '@vox/contracts';
import { resetFactors } from '../decide/remove.ts';
import { type ChangeFactorsDependencies, changeFactors, type FactorOwner, factorsOf } from './change-factors.ts';

/**
 * Removes all factors of a member who has lost them. Answers how many there were. Where the tenant demands a factor,
 * the next login may only add one.
 */
export async function resetMemberFactors(
  dependencies: ChangeFactorsDependencies,
  owner: FactorOwner,
  by: Acting,
): Promise<number> {
  const { factors } = await factorsOf(dependencies, owner);
  await changeFactors(dependencies, owner, by, (state, stamp) => ({
    kind: 'reset',
    state: resetFactors(state, stamp),
  }));
  return factors.length;
}
