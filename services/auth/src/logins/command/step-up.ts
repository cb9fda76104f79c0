import type { StepUp } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import { type VerifyCodeDependencies, verifyCode } from '../../codes/mod.ts';
import { steppedUp } from '../decide/login.ts';
import { type IssuedLogin, issueLogin } from './issue-login.ts';
import { proveLogin } from './prove-login.ts';
import { type PublishLoginDependencies, publishLogin } from './publish-login.ts';
import { changeLive, type RenewLoginDependencies } from './renew-login.ts';

export type StepUpDependencies = RenewLoginDependencies & PublishLoginDependencies & VerifyCodeDependencies;

/** Makes a login fresh for whoever has a code that was sent for that. A refusal is Fault INVALID_OTP. */
export async function stepUp(
  dependencies: StepUpDependencies,
  { login: token, code, challengeToken }: z.infer<(typeof StepUp)['request']>,
): Promise<IssuedLogin> {
  const { loginId, membership } = await proveLogin(dependencies, token);
  const asked = { email: membership.email, code, challengeToken, purpose: 'step-up' } as const;
  if ((await verifyCode(dependencies, asked)) === 'refused') throw new Fault('INVALID_OTP');
  const login = await changeLive(dependencies, loginId, steppedUp);
  await publishLogin(dependencies, loginId, login);
  return issueLogin(dependencies, loginId, login, membership);
}
