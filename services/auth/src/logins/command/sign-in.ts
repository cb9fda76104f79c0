import { mistakeSaid, type PendingLogin, type SignIn } from '@vox/contracts';
import { Fault, invalidField } from '@vox/platform/fault';
import type { z } from 'zod';
import { normalisedAddress, type VerifyCodeDependencies, verifyCode } from '../../codes/mod.ts';
import {
  type ChangeRosterDependencies,
  type FindMembershipDependencies,
  findMembership,
  joinTenant,
} from '../../members/mod.ts';
import type { LoginGate } from './login-gate.ts';
import { type StartInPlaceDependencies, startInPlace } from './start-in-place.ts';
import type { StartedLogin } from './start-login.ts';

export type SignInDependencies = VerifyCodeDependencies &
  FindMembershipDependencies &
  ChangeRosterDependencies &
  StartInPlaceDependencies &
  Readonly<{ gate: Pick<LoginGate, 'afterCode'> }>;

/**
 * Begins a login for whoever has the code of an address that may sign in. A member of several tenants signs in to the
 * one that they name, else to the first by its id. A refusal is Fault INVALID_OTP, whatever its cause.
 */
export async function signIn(
  dependencies: SignInDependencies,
  { email, code, challengeToken, tenantId, invitation, replaces, ...from }: z.infer<(typeof SignIn)['request']>,
): Promise<PendingLogin | StartedLogin> {
  const address = normalisedAddress(email);
  if (address === undefined) throw invalidField('email', mistakeSaid('one-address'));
  const membership = await findMembership(dependencies, { address, tenantId, invitation });
  const verdict = await verifyCode(dependencies, { email: address, code, challengeToken, purpose: 'login' });
  if (verdict === 'refused' || membership === undefined) throw new Fault('INVALID_OTP');
  if (membership.member.joinedAtMs === null) await joinTenant(dependencies, membership, invitation ?? '');
  const pending = await dependencies.gate.afterCode(membership);
  return pending ?? startInPlace(dependencies, membership, from, replaces);
}
