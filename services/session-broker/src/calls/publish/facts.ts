import {
  type Fact,
  makeFact,
  SessionDenied,
  SessionEnded,
  SessionExpiring,
  SessionGranted,
  UsageMetered,
} from '@vox/contracts';
import type { DeniedSession, EndedSession, Grant, LiveSession } from '../decide/session.ts';

const source = 'session-broker';
const iso = (ms: number): string => new Date(ms).toISOString();

export const grantedFact = (sessionId: string, session: Grant): Fact<typeof SessionGranted> =>
  makeFact(
    SessionGranted,
    { id: `granted:${sessionId}`, source, at: new Date(session.grantedAtMs), traceparent: session.traceparent },
    {
      tenantId: session.tenantId,
      sessionId,
      identity: session.identity,
      agentId: session.agentId,
      model: session.model,
      voice: session.voice,
      mode: session.mode,
      provider: session.provider,
      maxSeconds: session.maxSeconds,
      idleSeconds: session.idleSeconds,
      grantedAt: iso(session.grantedAtMs),
      endsAt: iso(session.endsAtMs),
    },
  );

export const deniedFact = (
  sessionId: string,
  { tenantId, identity, denial, decidedAtMs, traceparent }: DeniedSession,
): Fact<typeof SessionDenied> =>
  makeFact(
    SessionDenied,
    { id: `denied:${sessionId}`, source, at: new Date(decidedAtMs), traceparent },
    { tenantId, sessionId, identity, by: 'session-broker', denial },
  );

export const expiringFact = (
  sessionId: string,
  { tenantId, endsAtMs, traceparent }: LiveSession,
  at: Date,
): Fact<typeof SessionExpiring> =>
  makeFact(
    SessionExpiring,
    { id: `expiring:${sessionId}`, source, at, traceparent },
    { tenantId, sessionId, endsAt: iso(endsAtMs) },
  );

export const endedFact = (sessionId: string, session: EndedSession): Fact<typeof SessionEnded> =>
  makeFact(
    SessionEnded,
    { id: `ended:${sessionId}`, source, at: new Date(session.endedAtMs), traceparent: session.traceparent },
    {
      tenantId: session.tenantId,
      sessionId,
      identity: session.identity,
      mode: session.mode,
      reason: session.reason,
      by: session.by,
      confirmedBy: session.confirmedBy,
      grantedAt: iso(session.grantedAtMs),
      endedAt: iso(session.endedAtMs),
      connectedSeconds: session.connectedSeconds,
    },
  );

/** The total at a moment. Two heartbeats within one second make the same fact, which is published once. */
export function meteredFact(
  sessionId: string,
  session: LiveSession,
  seconds: number,
  at: Date,
): Fact<typeof UsageMetered> {
  return makeFact(
    UsageMetered,
    { id: `metered:${sessionId}:${seconds}`, source, at, traceparent: session.traceparent },
    { tenantId: session.tenantId, sessionId, connectedSeconds: seconds },
  );
}
