import type { SessionClaims, Verifier } from '@vox/platform/crypto';
import type { Clock } from '@vox/platform/time';
import { check } from '../../checks/mod.ts';

type SessionTokenDependencies = Readonly<{ verifySession: Verifier<SessionClaims>; clock: Pick<Clock, 'now'> }>;

/** The call that a request speaks for. */
export type CallHolder = Readonly<{ claims: SessionClaims; sessionId: string; tenantId: string }>;

/** Verifies a session token: it speaks for one call. */
export const sessionToken = check({
  name: 'session token',
  whenDown: 'no store',
  run:
    ({ verifySession, clock }: SessionTokenDependencies) =>
    async ({ token }: Readonly<{ token: string }>): Promise<CallHolder> => {
      const { subject, claims } = await verifySession(token, clock.now());
      return { claims, sessionId: subject, tenantId: claims.tenantId };
    },
});
