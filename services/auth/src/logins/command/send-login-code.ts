import type { SendCode } from '@vox/contracts';
import type { z } from 'zod';
import { type SendCodeDependencies, sendCode } from '../../codes/mod.ts';
import { type ProveLoginDependencies, proveLogin } from './prove-login.ts';

export type SendLoginCodeDependencies = SendCodeDependencies & ProveLoginDependencies;

/**
 * Sends a code to an address that may sign in, or to the member of a login. Whether the address may is asked after the
 * answer: so nobody learns it from the answer, or from how long that took.
 */
export async function sendLoginCode(
  dependencies: SendLoginCodeDependencies,
  asked: z.infer<(typeof SendCode)['request']>,
): Promise<z.input<(typeof SendCode)['reply']>> {
  const { purpose, challengeToken } = asked;
  if (purpose === 'login') {
    const { email, tenantId } = asked;
    return sendCode(dependencies, { email, purpose, tenantId, challengeToken });
  }
  const { email, tenantId } = (await proveLogin(dependencies, asked.login)).membership;
  return sendCode(dependencies, { email, purpose, tenantId, challengeToken });
}
