import type { SignIn } from '@vox/contracts';
import { Fault, invalidField } from '@vox/platform/fault';
import type { z } from 'zod';
import {
  type ChangeRosterDependencies,
  type FindMembershipDependencies,
  findMembership,
  joinTenant,
} from '../../members/mod.ts';
import { normalisedAddress, type VerifyCodeDependencies, verifyCode } from '../../codes/mod.ts';
import { endLogin } from './end-login.ts';
import { type ProveLoginDependencies, proveLogin } from './prove-login.ts';
import { type StartedLogin, type StartLoginDependencies, startLogin } from './start-login.ts';

export type SignInDependencies = VerifyCodeDependencies &
  FindMembershipDependencies &
  StartLoginDependencies &
  ProveLoginDependencies &
  ChangeRosterDependencies;

/**
 * Begins a login for whoever has the code of an address that may sign in. A member of several tenants signs in to the
 * one that they name, else to the first by its id. A refusal is Fault INVALID_OTP, whatever its cause.
 */
export async function signIn(
  dependencies: SignInDependencies,
  { email, code, challengeToken, tenantId, invitation, replaces, ...from }: z.infer<(typeof SignIn)['request']>,
): Promise<StartedLogin> {
  const address = normalisedAddress(email);
  if (address === undefined) throw invalidField('email', 'must be one e-mail address and nothing else');
  const membership = await findMembership(dependencies, { address, tenantId, invitation });
  const verdict = await verifyCode(dependencies, { email: address, code, challengeToken, purpose: 'login' });
  if (verdict === 'refused' || membership === undefined) throw new Fault('INVALID_OTP');
  if (membership.member.joinedAtMs === null) await joinTenant(dependencies, membership, invitation ?? '');
  const login = await startLogin(dependencies, membership, from);
  if (replaces !== undefined) await endReplaced(dependencies, replaces);
  return login;
}

/** The login that the browser had before: its cookie is overwritten, so nobody could end it from there any more. */
async function endReplaced(dependencies: SignInDependencies, token: string): Promise<void> {
  const before = await proveLogin(dependencies, token).catch(() => undefined);
  if (before === undefined) return;
  const by = { actor: `member:${before.login.memberId}` };
  await endLogin(dependencies, before.loginId, { why: 'replaced', by });
}
