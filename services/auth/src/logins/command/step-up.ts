import type { StepUp } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import { type VerifyCodeDependencies, verifyCode } from '../../codes/mod.ts';
import type { Membership } from '../../members/mod.ts';
import { steppedUp } from '../decide/login.ts';
import { type IssuedLogin, issueLogin } from './issue-login.ts';
import type { LoginGate } from './login-gate.ts';
import { proveLogin } from './prove-login.ts';
import { type PublishLoginDependencies, publishLogin } from './publish-login.ts';
import { changeLive, type RenewLoginDependencies } from './renew-login.ts';

export type StepUpDependencies = FreshenDependencies &
  VerifyCodeDependencies &
  Readonly<{ gate: Pick<LoginGate, 'hasFactor'> }>;

/**
 * Makes a login fresh for whoever has a code that was sent for that. A refusal is Fault INVALID_OTP. A member who has a
 * second factor shows that instead: else whoever has the mailbox could take the factor away. It is Fault
 * STEP_UP_REQUIRED.
 */
export async function stepUp(
  dependencies: StepUpDependencies,
  { login: token, code, challengeToken }: z.infer<(typeof StepUp)['request']>,
): Promise<IssuedLogin> {
  const { loginId, membership } = await proveLogin(dependencies, token);
  if (await dependencies.gate.hasFactor(membership)) throw new Fault('STEP_UP_REQUIRED', { reason: 'second-factor' });
  const asked = { email: membership.email, code, challengeToken, purpose: 'step-up' } as const;
  if ((await verifyCode(dependencies, asked)) === 'refused') throw new Fault('INVALID_OTP');
  return freshen(dependencies, loginId, membership);
}

export type FreshenDependencies = RenewLoginDependencies & PublishLoginDependencies;

/** The same login, fresh from now on for five minutes. */
export async function freshen(
  dependencies: FreshenDependencies,
  loginId: string,
  membership: Membership,
): Promise<IssuedLogin> {
  const login = await changeLive(dependencies, loginId, steppedUp);
  await publishLogin(dependencies, loginId, login);
  return issueLogin(dependencies, loginId, login, membership);
}
