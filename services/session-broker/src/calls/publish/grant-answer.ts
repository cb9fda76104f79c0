import type { SessionDecision } from '@vox/contracts';
import { type SealKey, type SessionClaims, type Signer, unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import type { LiveSession } from '../decide/session.ts';

export type GrantAnswerDependencies = Readonly<{ sealKey: SealKey; sign: Signer<SessionClaims>; clock: Clock }>;

/** So long after the end of a call its token still serves to report that end. */
const tokenGraceSeconds = 600;

/**
 * The answer to a visitor whose call is granted: a token for this session and the client secret, in the open when it
 * was given just now, and unsealed otherwise.
 */
export async function grantAnswer(
  { sealKey, sign, clock }: GrantAnswerDependencies,
  sessionId: string,
  session: LiveSession,
  secret: string | undefined,
): Promise<SessionDecision> {
  const now = clock.now();
  const value = secret ?? unseal(sealKey, sessionId, session.sealedSecret);
  if (value === undefined) throw new Fault('INTERNAL', {}, { cause: new Error('a stored secret does not open') });
  const lifeSeconds = Math.max(1, Math.ceil((session.endsAtMs - now.getTime()) / 1_000)) + tokenGraceSeconds;
  const { tenantId, identity, maxSeconds, idleSeconds, endsAtMs } = session;
  const stamp = { id: sessionId, subject: sessionId, now, lifeSeconds };
  const sessionToken = await sign({ tenantId, identity }, stamp);
  return {
    kind: 'granted',
    sessionId,
    clientSecret: { value, expiresAt: new Date(session.secretExpiresAtMs).toISOString() },
    sessionToken,
    maxSeconds,
    idleSeconds,
    endsAt: new Date(endsAtMs).toISOString(),
  };
}
