import type { PendingLogin } from '@vox/contracts';
import { PendingLoginToken } from '@vox/platform/crypto';
import { type OwnTokenDependencies, signOwnToken } from '../../signing-keys/mod.ts';
import { methodsOf } from '../decide/member-factors.ts';
import type { SecondFactors } from '../keep.ts';
import { type FactorOwner, factorsOf } from './change-factors.ts';

export type PendingLoginDependencies = OwnTokenDependencies &
  Readonly<{
    secondFactors: Pick<SecondFactors, 'read'>;
    /** Whether the tenant lets nobody in without a second factor. */
    demandsFactor: (tenantId: string) => Promise<boolean>;
  }>;

/** How long whoever gave a right code has for the second factor. */
const lifeSeconds = 300;

/** Whether a member has a second factor. */
export const hasFactor = async (
  dependencies: Pick<PendingLoginDependencies, 'secondFactors'>,
  owner: FactorOwner,
): Promise<boolean> => (await factorsOf(dependencies, owner)).factors.length > 0;

/**
 * What a member must show besides the code. Undefined: nothing, for neither member nor tenant wants a second factor.
 */
export async function pendingLoginOf(
  dependencies: PendingLoginDependencies,
  owner: FactorOwner,
): Promise<PendingLogin | undefined> {
  const { tenantId, memberId } = owner;
  const methods = methodsOf(await factorsOf(dependencies, owner));
  if (methods.length === 0 && !(await dependencies.demandsFactor(tenantId))) return undefined;
  const stamp = { id: dependencies.uuid(), subject: memberId, now: dependencies.clock.now(), lifeSeconds };
  const pending = await signOwnToken(dependencies, PendingLoginToken, { tenantId, memberId }, stamp);
  return { next: 'second-factor', pending, methods };
}
