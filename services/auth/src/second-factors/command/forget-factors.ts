import type { HeldRecord } from '@vox/contracts';
import { factorKey } from '../decide/member-factors.ts';
import type { SecondFactors } from '../keep.ts';
import type { FactorOwner } from './change-factors.ts';
import { listFactors } from './list-factors.ts';

/** Forgets the factors of a member who is gone. */
export const forgetFactors = (
  { secondFactors }: Readonly<{ secondFactors: Pick<SecondFactors, 'remove'> }>,
  { tenantId, memberId }: FactorOwner,
): Promise<void> => secondFactors.remove(factorKey(tenantId, memberId));

/** What is held of a member’s factors, as that person may read it. */
export async function exportFactors(
  dependencies: Readonly<{ secondFactors: Pick<SecondFactors, 'read'> }>,
  owner: FactorOwner,
): Promise<HeldRecord[]> {
  const { factors } = await listFactors(dependencies, owner);
  return factors.map((factor) => ({ kind: 'second-factor', id: factor.factorId, data: { ...factor } }));
}
