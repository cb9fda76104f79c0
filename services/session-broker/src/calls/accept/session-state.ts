import type { Heartbeat } from '@vox/contracts';
import type { z } from 'zod';
import type { LiveSession, Session } from '../decide/session.ts';
import { connectedSeconds, idleSecondsOf } from '../decide/time-limits.ts';

/** How a session stands, as it goes over the wire. */
export type SessionState = z.infer<(typeof Heartbeat)['reply']>;

export function stateOf(session: Session | undefined, now: Date): SessionState {
  if (session === undefined || session.kind === 'denied') return { kind: 'unknown' };
  if (session.kind === 'ended') return { kind: 'ended', reason: session.reason, maxSeconds: session.maxSeconds };
  return liveState(session, now.getTime());
}

const liveState = (session: LiveSession, nowMs: number): SessionState => ({
  kind: 'live',
  startedAt: new Date(session.connectedAtMs ?? session.grantedAtMs).toISOString(),
  lastSeenAt: new Date(session.lastSeenAtMs ?? session.grantedAtMs).toISOString(),
  durationSeconds: connectedSeconds(session, nowMs),
  idleSeconds: idleSecondsOf(session, nowMs),
  endsAt: new Date(session.endsAtMs).toISOString(),
  remainingSeconds: Math.max(0, Math.floor((session.endsAtMs - nowMs) / 1_000)),
});
