import type { FinishSingleSignOn, PendingLogin } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import { type StartedLogin, type StartInPlaceDependencies, startInPlace } from '../../logins/mod.ts';
import { type Membership, readMembership } from '../../members/mod.ts';
import { type FinishSignInDependencies, finishSignIn } from './finish-sign-in.ts';

export type ComeInDependencies = FinishSignInDependencies &
  StartInPlaceDependencies &
  Readonly<{
    /** What a member must show besides; undefined where nothing. */
    pendingLogin: (membership: Membership) => Promise<PendingLogin | undefined>;
  }>;

/** Begins the login of whoever came back from a provider, or says that a second factor is wanted. */
export async function comeIn(
  dependencies: ComeInDependencies,
  { browser, origin, search, replaces, ...from }: z.infer<(typeof FinishSingleSignOn)['request']>,
): Promise<PendingLogin | StartedLogin> {
  const { tenantId, memberId, secondFactor } = await finishSignIn(dependencies, { browser, origin, search });
  const membership = await readMembership(dependencies, tenantId, memberId);
  if (membership === undefined) throw new Fault('AUTH_REQUIRED');
  const pending = secondFactor === 'asked' ? await dependencies.pendingLogin(membership) : undefined;
  return pending ?? startInPlace(dependencies, membership, from, replaces);
}
