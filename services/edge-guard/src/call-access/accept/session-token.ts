import type { SessionClaims, Verifier } from '@vox/platform/crypto';
import type { Clock } from '@vox/platform/time';
import { check } from '../../checks/mod.ts';

type SessionTokenDependencies = Readonly<{ verifySession: Verifier<SessionClaims>; clock: Pick<Clock, 'now'> }>;

/** The call that a request speaks for, and until when its token does. */
export type CallHolder = Readonly<{ claims: SessionClaims; sessionId: string; tenantId: string; tokenEndsAt: Date }>;

/** Verifies a session token: it speaks for one call. */
export const sessionToken = check({
  name: 'session token',
  whenDown: 'no store',
  run:
    ({ verifySession, clock }: SessionTokenDependencies) =>
    async ({ token }: Readonly<{ token: string }>): Promise<CallHolder> => {
      const { subject, claims, expiresAt } = await verifySession(token, clock.now());
      return { claims, sessionId: subject, tenantId: claims.tenantId, tokenEndsAt: expiresAt };
    },
});
