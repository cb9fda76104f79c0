import { anonymous, type Denial, type EndReason, type Identity } from '@vox/contracts';

/** The identity is a reference: of one person always the same, and nothing leads from it to whom. */
type Whose = Readonly<{ tenantId: string; identity: Identity; traceparent?: string | undefined }>;
export type DeniedSession = Whose & Readonly<{ kind: 'denied'; denial: Denial; decidedAtMs: number }>;
/** What was granted. It stays with the session to its end, so that the grant can always be told again. */
export type Grant = Whose &
  Readonly<{
    /** The claim that it was granted on, by its number in the tenant's slots. */
    claim: number;
    /** Who it is, sealed: needed to tell of the end. */
    sealedIdentity: string;
    /** The visitor's address as a keyed hash, to count by. */
    address?: string | undefined;
    /** So long after it connected a call that nothing shows to be real ends; without it, it need not be shown. */
    proveSeconds?: number | undefined;
    agentId: string;
    model: string;
    voice: string;
    maxSeconds: number;
    idleSeconds: number;
    grantedAtMs: number;
    endsAtMs: number;
  }>;
export type LiveSession = Grant &
  Readonly<{
    kind: 'live';
    connectedAtMs?: number | undefined;
    lastSeenAtMs?: number | undefined;
    lastActiveAtMs?: number | undefined;
    warned: boolean;
    callId?: string | undefined;
    /** When something other than a heartbeat showed that the call is real: a heartbeat can be said without a call. */
    provedAtMs?: number | undefined;
    /** The client secret, sealed; gone with the session. */
    sealedSecret: string;
    secretExpiresAtMs: number;
  }>;
export type EndedSession = Grant &
  Readonly<{
    kind: 'ended';
    reason: EndReason;
    endedAtMs: number;
    connectedSeconds: number;
    callId?: string | undefined;
    /** Whether everybody was told. Until then the sweep tells again. */
    told: boolean;
  }>;
export type Session = DeniedSession | LiveSession | EndedSession;

export const connectWithinMs = 30_000;
export const warnBeforeMs = 60_000;
export const heartbeatSeconds = 45;
/** A connected call that misses this many heartbeats in a row has nobody at its end. */
const heartbeatsMissed = 3;

/** How long a call has lasted, from its first heartbeat, in whole seconds. */
export const connectedSeconds = (session: LiveSession, nowMs: number): number =>
  session.connectedAtMs === undefined
    ? 0
    : Math.max(0, Math.floor((Math.min(nowMs, session.endsAtMs) - session.connectedAtMs) / 1_000));

const idleSinceMs = (session: LiveSession): number => session.lastActiveAtMs ?? session.grantedAtMs;
export const idleSecondsOf = (session: LiveSession, nowMs: number): number =>
  Math.max(0, Math.floor((nowMs - idleSinceMs(session)) / 1_000));

/** A call that nobody hears of keeps its place, and its budget, for as long as its secret can begin it. */
const connectsUntilMs = ({ grantedAtMs, secretExpiresAtMs, endsAtMs }: LiveSession): number =>
  Math.min(endsAtMs, Math.max(grantedAtMs + connectWithinMs, secretExpiresAtMs));

/** When each of the limits of time ends the call, if nothing happens before. */
function endings(session: LiveSession): readonly (readonly [number, EndReason])[] {
  if (session.connectedAtMs === undefined) return [[connectsUntilMs(session), 'never_connected']];
  const { proveSeconds, provedAtMs } = session;
  const unproved: (readonly [number, EndReason])[] =
    proveSeconds === undefined || provedAtMs !== undefined
      ? []
      : [[session.connectedAtMs + proveSeconds * 1_000, 'never_connected']];
  const silentAtMs = (session.lastSeenAtMs ?? session.connectedAtMs) + heartbeatsMissed * heartbeatSeconds * 1_000;
  return [
    ...unproved,
    [session.endsAtMs, 'max_duration'],
    [idleSinceMs(session) + session.idleSeconds * 1_000, 'idle'],
    // No word of the closed list fits a browser that vanished better: nobody is there, which is what idle means.
    [silentAtMs, 'idle'],
  ];
}

/** Which limit of time has been reached; the earliest one names the end. */
export function overdue(session: LiveSession, nowMs: number): EndReason | undefined {
  const reached = endings(session).filter(([atMs]) => atMs <= nowMs);
  return reached.reduce<readonly [number, EndReason] | undefined>(
    (first, each) => (first && first[0] <= each[0] ? first : each),
    undefined,
  )?.[1];
}

/** When the sweep must look at a session next. */
export function dueAtMs(session: Session): number | undefined {
  if (session.kind === 'denied') return session.decidedAtMs + keptMs;
  if (session.kind === 'ended') return session.told ? session.endedAtMs + keptMs : session.endedAtMs;
  const ends = endings(session).map(([atMs]) => atMs);
  const warns = session.connectedAtMs === undefined || session.warned ? [] : [session.endsAtMs - warnBeforeMs];
  return Math.min(...ends, ...warns);
}

/** A decision is kept for as long as anybody could repeat its request. */
const keptMs = 2 * 86_400_000;

export type Beat = Readonly<{ nowMs: number; active: boolean; callId?: string | undefined }>;

const sameMomentMs = 1_000;

/** Whether a sign of life says anything that the last one did not: a crowd of them within a second is one. */
export const isNewsOf = (session: LiveSession, { nowMs, active, callId }: Beat): boolean =>
  session.lastSeenAtMs === undefined ||
  nowMs - session.lastSeenAtMs >= sameMomentMs ||
  (active && nowMs - (session.lastActiveAtMs ?? 0) >= sameMomentMs) ||
  (callId !== undefined && session.callId === undefined);

/** A sign of life. The first one connects the call, and counts as activity. */
export function beat(session: LiveSession, { nowMs, active, callId }: Beat): LiveSession {
  const first = session.connectedAtMs === undefined;
  return {
    ...session,
    connectedAtMs: session.connectedAtMs ?? nowMs,
    lastSeenAtMs: Math.max(nowMs, session.lastSeenAtMs ?? 0),
    lastActiveAtMs: first || active ? nowMs : session.lastActiveAtMs,
    callId: session.callId ?? callId,
  };
}

/** Something showed that the call is real. */
export const proved = (session: LiveSession, nowMs: number): LiveSession =>
  session.provedAtMs === undefined ? { ...session, provedAtMs: nowMs } : session;

/** The end of a live session, for one reason. The secret is not taken along. */
export function ended(session: LiveSession, reason: EndReason, nowMs: number): EndedSession {
  const {
    tenantId,
    identity,
    traceparent,
    claim,
    sealedIdentity,
    address,
    proveSeconds,
    agentId,
    model,
    voice,
    maxSeconds,
    idleSeconds,
    grantedAtMs,
    endsAtMs,
    callId,
  } = session;
  const grant = {
    tenantId,
    identity,
    traceparent,
    claim,
    sealedIdentity,
    address,
    proveSeconds,
    agentId,
    model,
    voice,
    maxSeconds,
    idleSeconds,
    grantedAtMs,
    endsAtMs,
  };
  return {
    kind: 'ended',
    ...grant,
    callId,
    reason,
    endedAtMs: nowMs,
    connectedSeconds: connectedSeconds(session, nowMs),
    told: false,
  };
}

/** The same without whom it was with, nor the trace of its request; `undefined` while its end is not told, for telling needs to know. */
export function anonymised(session: Session): Session | undefined {
  if (session.kind === 'live' || (session.kind === 'ended' && !session.told)) return undefined;
  const { traceparent: _its, ...rest } = session;
  const identity = anonymous(session.identity);
  return rest.kind === 'denied' ? { ...rest, identity } : { ...rest, identity, sealedIdentity: '', address: undefined };
}
