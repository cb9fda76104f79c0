import type { LiveSession } from './session.ts';

/** A sign of life. `active` says that somebody spoke since the last one. */
export type Heartbeat = Readonly<{ nowMs: number; active: boolean; callId?: string | undefined }>;

const sameMomentMs = 1_000;

/** Whether a heartbeat says anything that the last one did not. Many of them within a second count as one. */
export const isNews = (session: LiveSession, { nowMs, active, callId }: Heartbeat): boolean =>
  session.lastSeenAtMs === undefined ||
  nowMs - session.lastSeenAtMs >= sameMomentMs ||
  (active && session.mode !== 'brokered' && nowMs - (session.lastActiveAtMs ?? 0) >= sameMomentMs) ||
  (callId !== undefined && session.callId === undefined);

/** The session after a heartbeat. The first one connects the call and counts as activity. */
export function beat(session: LiveSession, { nowMs, active, callId }: Heartbeat): LiveSession {
  // Of a brokered call the watch knows better.
  if (session.mode === 'brokered') return { ...session, lastSeenAtMs: Math.max(nowMs, session.lastSeenAtMs ?? 0) };
  const first = session.connectedAtMs === undefined;
  return {
    ...session,
    connectedAtMs: session.connectedAtMs ?? nowMs,
    lastSeenAtMs: Math.max(nowMs, session.lastSeenAtMs ?? 0),
    lastActiveAtMs: first || active ? nowMs : session.lastActiveAtMs,
    callId: session.callId ?? callId,
  };
}

/** The session after the provider showed that somebody speaks in its call, which began with these settings. */
export const active = (session: LiveSession, nowMs: number, settings?: string): LiveSession => ({
  ...session,
  settings: session.settings ?? settings,
  connectedAtMs: session.connectedAtMs ?? nowMs,
  lastActiveAtMs: Math.max(nowMs, session.lastActiveAtMs ?? 0),
});

/** The session after something showed that its call is real. */
export const proved = (session: LiveSession, nowMs: number): LiveSession =>
  session.provedAtMs === undefined ? { ...session, provedAtMs: nowMs } : session;
