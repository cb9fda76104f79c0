import type { EndReason } from '@vox/contracts';
import type { LiveSession, Session } from './session.ts';

const connectWithinMs = 30_000;
const warnBeforeMs = 60_000;
const heartbeatSeconds = 45;
/** Nobody is at the other end of a call that misses so many heartbeats in a row. */
const heartbeatsMissed = 3;

/** How long a call has lasted since its first heartbeat, in whole seconds. */
export const connectedSeconds = (session: LiveSession, nowMs: number): number =>
  session.connectedAtMs === undefined
    ? 0
    : Math.max(0, Math.floor((Math.min(nowMs, session.endsAtMs) - session.connectedAtMs) / 1_000));

const idleSinceMs = (session: LiveSession): number => session.lastActiveAtMs ?? session.grantedAtMs;
export const idleSecondsOf = (session: LiveSession, nowMs: number): number =>
  Math.max(0, Math.floor((nowMs - idleSinceMs(session)) / 1_000));

/** A call without a heartbeat keeps its slot and its budget for as long as its secret can begin it. */
const connectsUntilMs = ({ grantedAtMs, secretExpiresAtMs = 0, endsAtMs }: LiveSession): number =>
  Math.min(endsAtMs, Math.max(grantedAtMs + connectWithinMs, secretExpiresAtMs));

/** When each limit of time ends the call, if nothing happens before. */
function endings(session: LiveSession): readonly (readonly [number, EndReason])[] {
  if (session.connectedAtMs === undefined) return [[connectsUntilMs(session), 'never_connected']];
  const limits: (readonly [number, EndReason])[] = [
    [session.endsAtMs, 'max_duration'],
    [idleSinceMs(session) + session.idleSeconds * 1_000, 'idle'],
  ];
  // Whether a brokered call lives, its watch hears from the provider. What its browser says or leaves out ends nothing.
  if (session.mode === 'brokered') return limits;
  const { proveSeconds, provedAtMs } = session;
  const unproved: (readonly [number, EndReason])[] =
    proveSeconds === undefined || provedAtMs !== undefined
      ? []
      : [[session.connectedAtMs + proveSeconds * 1_000, 'never_connected']];
  const silentAtMs = (session.lastSeenAtMs ?? session.connectedAtMs) + heartbeatsMissed * heartbeatSeconds * 1_000;
  return [
    ...unproved,
    ...limits,
    // A browser that vanished has no reason of its own. Nobody is there, which is what idle means.
    [silentAtMs, 'idle'],
  ];
}

/** The limit of time that was reached. Of several the earliest one names the end. */
export function overdue(session: LiveSession, nowMs: number): EndReason | undefined {
  const reached = endings(session).filter(([atMs]) => atMs <= nowMs);
  return reached.reduce<readonly [number, EndReason] | undefined>(
    (first, each) => (first && first[0] <= each[0] ? first : each),
    undefined,
  )?.[1];
}

/** A decision is kept for as long as anybody could repeat its request. */
const keptMs = 2 * 86_400_000;

/** When the sweep must look at a session next. */
export function dueAtMs(session: Session): number | undefined {
  if (session.kind === 'denied') return session.decidedAtMs + keptMs;
  if (session.kind === 'ended')
    return session.told ? session.endedAtMs + keptMs : (session.retryAtMs ?? session.endedAtMs);
  const ends = endings(session).map(([atMs]) => atMs);
  const warns = session.connectedAtMs === undefined || session.warned ? [] : [session.endsAtMs - warnBeforeMs];
  return Math.min(...ends, ...warns);
}

/** Whether a warning of the end is due. A call that never connected is not warned. */
export const mustWarn = ({ warned, connectedAtMs, endsAtMs }: LiveSession, nowMs: number): boolean =>
  !warned && connectedAtMs !== undefined && nowMs >= endsAtMs - warnBeforeMs;
