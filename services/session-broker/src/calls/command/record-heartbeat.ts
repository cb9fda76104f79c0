import { UsageMetered } from '@vox/contracts';
import { ended } from '../decide/end.ts';
import { beat, type Heartbeat, isNews } from '../decide/heartbeat.ts';
import type { LiveSession, Session } from '../decide/session.ts';
import { connectedSeconds, overdue } from '../decide/time-limits.ts';
import { callTag, type Sessions } from '../keep/sessions.ts';
import { meteredFact } from '../publish/facts.ts';
import { type EndSessionDependencies, finishEnd } from './end-session.ts';

export type RecordHeartbeatDependencies = EndSessionDependencies & Readonly<{ sessions: Pick<Sessions, 'tagged'> }>;

/** A heartbeat as a browser sends it for a session that it names. */
export type SentHeartbeat = Omit<Heartbeat, 'nowMs'> & Readonly<{ tenantId: string; sessionId: string }>;
type Recorded = Readonly<{ session?: Session | undefined; isNew?: true }>;

/**
 * Marks a call as seen, or ends it when a limit of time was reached. Answers what the session is now; `undefined` when
 * this tenant has no such session.
 */
export async function recordHeartbeat(
  dependencies: RecordHeartbeatDependencies,
  { tenantId, sessionId, active, callId: sentCallId }: SentHeartbeat,
  now: Date,
): Promise<Session | undefined> {
  const { sessions, bus } = dependencies;
  const nowMs = now.getTime();
  const { session, isNew } = await sessions.update<Recorded>(sessionId, async (known) => {
    if (known?.kind !== 'live' || known.tenantId !== tenantId) return { result: { session: known } };
    const heartbeat = { nowMs, active, callId: await ownCallId(dependencies, sessionId, known, sentCallId) };
    const reason = overdue(known, nowMs);
    if (reason === undefined && !isNews(known, heartbeat)) return { result: { session: known } };
    const state = reason === undefined ? beat(known, heartbeat) : ended(known, reason, nowMs);
    return { result: { session: state, isNew: true }, state };
  });
  if (session?.tenantId !== tenantId) return undefined;
  if (isNew && session.kind === 'ended') await finishEnd(dependencies, sessionId, session);
  if (isNew && session.kind === 'live')
    await bus.publish(UsageMetered, meteredFact(sessionId, session, connectedSeconds(session, nowMs), now));
  return session;
}

/** The call id that a browser sends, unless it belongs to another session: that call would be hung up with this one. */
async function ownCallId(
  { sessions }: Pick<RecordHeartbeatDependencies, 'sessions'>,
  sessionId: string,
  { callId: known }: LiveSession,
  sent: string | undefined,
): Promise<string | undefined> {
  if (sent === undefined || known !== undefined) return known;
  const others = await sessions.tagged(callTag(sent), 2);
  return others.some(({ key }) => key !== sessionId) ? undefined : sent;
}
