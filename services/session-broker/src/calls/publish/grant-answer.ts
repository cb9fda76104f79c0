import type { BrowserChannel, SessionDecision } from '@vox/contracts';
import { type SealKeys, type SessionClaims, type Signer, unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import type { LiveSession } from '../decide/session.ts';

export type GrantAnswerDependencies = Readonly<{ sealKey: SealKeys; sign: Signer<SessionClaims>; clock: Clock }>;

/** What a browser begins its call with. It is in the open here alone, and no store has the answer to an offer. */
export type Beginning =
  | Readonly<{ secret: string }>
  | Readonly<{ answer: string; browserChannel: BrowserChannel; typing: boolean }>;

/** So long after the end of a call its token still serves to report that end. */
const tokenGraceSeconds = 600;

/**
 * The answer to a visitor whose call is granted: a token for this session, and the answer to its offer or its client
 * secret. A secret that was given before is unsealed.
 */
export async function grantAnswer(
  { sealKey, sign, clock }: GrantAnswerDependencies,
  sessionId: string,
  session: LiveSession,
  beginning: Beginning | undefined,
): Promise<SessionDecision> {
  const now = clock.now();
  const lifeSeconds = Math.max(1, Math.ceil((session.endsAtMs - now.getTime()) / 1_000)) + tokenGraceSeconds;
  const { tenantId, identity, mode, maxSeconds, idleSeconds, endsAtMs } = session;
  const stamp = { id: sessionId, subject: sessionId, now, lifeSeconds };
  const sessionToken = await sign({ tenantId, identity, mode }, stamp);
  const terms = { sessionId, sessionToken, maxSeconds, idleSeconds, endsAt: new Date(endsAtMs).toISOString() };
  if (beginning !== undefined && 'answer' in beginning) {
    const { answer, browserChannel, typing } = beginning;
    return { kind: 'brokered', ...terms, answer, browserChannel, typing };
  }
  const { sealedSecret, secretExpiresAtMs = 0 } = session;
  const value = beginning?.secret ?? (sealedSecret && unseal(sealKey, sessionId, sealedSecret));
  if (value === undefined) throw new Fault('INTERNAL', {}, { cause: new Error('a stored secret does not open') });
  return { kind: 'granted', ...terms, clientSecret: { value, expiresAt: new Date(secretExpiresAtMs).toISOString() } };
}
