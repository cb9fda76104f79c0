import { type Acting, mistakeSaid } from '@vox/contracts';
import { Fault, invalidField } from '@vox/platform/fault';
import { type Removed, removeFactor } from '../decide/remove.ts';
import { type ChangeFactorsDependencies, changeFactors, type FactorOwner } from './change-factors.ts';

export type RemoveFactorDependencies = ChangeFactorsDependencies &
  Readonly<{
    /** Whether the tenant lets nobody in without a second factor. */
    demandsFactor: (tenantId: string) => Promise<boolean>;
  }>;

/** Removes one factor. Throws NOT_FOUND, or INVALID_REQUEST for the last one where the tenant demands one. */
export async function removeOwnFactor(
  dependencies: RemoveFactorDependencies,
  owner: FactorOwner,
  factorId: string,
  by: Acting,
): Promise<void> {
  const isDemanded = await dependencies.demandsFactor(owner.tenantId);
  const { kind } = await changeFactors<Removed>(dependencies, owner, by, (state, stamp) =>
    removeFactor(state, factorId, isDemanded, stamp),
  );
  if (kind === 'none') throw new Fault('NOT_FOUND');
  if (kind === 'last') throw invalidField('factorId', mistakeSaid('last-factor'));
}
