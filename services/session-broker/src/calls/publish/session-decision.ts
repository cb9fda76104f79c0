import type { SessionDecision } from '@vox/contracts';
import { unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { Needs } from '../../dependencies.ts';
import type { LiveSession } from '../decide/session.ts';

/** The end of a call can still be told with its token so long after. */
const tokenGraceSeconds = 600;

/** What the visitor is answered: the secret, as it was given just now or as it is kept, and a token for this session. */
export async function decisionOf(
  needs: Needs,
  sessionId: string,
  session: LiveSession,
  secret: string | undefined,
): Promise<SessionDecision> {
  const now = needs.clock.now();
  const value = secret ?? unseal(needs.sealKey, sessionId, session.sealedSecret);
  if (value === undefined) throw new Fault('INTERNAL', {}, { cause: new Error('a stored secret does not open') });
  const lifeSeconds = Math.max(1, Math.ceil((session.endsAtMs - now.getTime()) / 1_000)) + tokenGraceSeconds;
  const { tenantId, identity, maxSeconds, idleSeconds, endsAtMs } = session;
  const stamp = { id: sessionId, subject: sessionId, now, lifeSeconds };
  const sessionToken = await needs.sign({ tenantId, identity }, stamp);
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
