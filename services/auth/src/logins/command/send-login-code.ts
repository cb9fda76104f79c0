import type { SendCode } from '@vox/contracts';
import { invalidField } from '@vox/platform/fault';
import type { z } from 'zod';
import { type FindMembershipDependencies, findMembership } from '../../members/mod.ts';
import { type ProveLoginDependencies, proveLogin } from './prove-login.ts';

export type SendLoginCodeDependencies = FindMembershipDependencies &
  ProveLoginDependencies &
  Readonly<{
    normalisedAddress: (email: string) => string | undefined;
    /** Sends a code where `isKnown`, and does as much otherwise. */
    sendCode: (
      asked: Readonly<{
        email: string;
        purpose: 'login' | 'step-up';
        tenantId: string | undefined;
        isKnown: boolean;
        challengeToken: string | undefined;
      }>,
    ) => Promise<Readonly<{ challengeToken: string; expiresInSeconds: number }>>;
  }>;

/** Sends a code to whoever may sign in, or to the member of a login. Of an unknown address nobody learns anything. */
export async function sendLoginCode(
  dependencies: SendLoginCodeDependencies,
  asked: z.infer<(typeof SendCode)['request']>,
): Promise<z.input<(typeof SendCode)['reply']>> {
  const { purpose, challengeToken } = asked;
  if (purpose === 'step-up') {
    const { membership } = await proveLogin(dependencies, asked.login);
    const { email, tenantId } = membership;
    return dependencies.sendCode({ email, purpose, tenantId, isKnown: true, challengeToken });
  }
  const address = dependencies.normalisedAddress(asked.email);
  if (address === undefined) throw invalidField('email', 'must be one e-mail address and nothing else');
  const { tenantId, invitation } = asked;
  const membership = await findMembership(dependencies, { address, tenantId, invitation });
  const of = { tenantId: membership?.tenantId, isKnown: membership !== undefined };
  return dependencies.sendCode({ email: address, purpose, challengeToken, ...of });
}
