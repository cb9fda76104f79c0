import { anonymous, type EndReason } from '@vox/contracts';
import type { EndedSession, LiveSession, Session } from './session.ts';
import { connectedSeconds } from './time-limits.ts';

/** The session after its end, for one reason. Its secret is gone. */
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

/**
 * The session without its person and without the trace of its request; `undefined` while its end is not published, for
 * that fact names the person.
 */
export function anonymised(session: Session): Session | undefined {
  if (session.kind === 'live' || (session.kind === 'ended' && !session.told)) return undefined;
  const { traceparent: _its, ...rest } = session;
  const identity = anonymous(session.identity);
  return rest.kind === 'denied' ? { ...rest, identity } : { ...rest, identity, sealedIdentity: '', address: undefined };
}
