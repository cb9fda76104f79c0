import { anonymous, type EndConfirmation, type EndedBy, type EndReason } from '@vox/contracts';
import type { EndedSession, LiveSession, Session } from './session.ts';
import { connectedSeconds } from './time-limits.ts';

/** The session after its end, for one reason. Its secret is gone. */
export function ended(
  session: LiveSession,
  reason: EndReason,
  nowMs: number,
  confirmedBy?: EndConfirmation,
  by?: EndedBy,
): EndedSession {
  const {
    tenantId,
    identity,
    traceparent,
    mode,
    claim,
    sealedIdentity,
    address,
    proveSeconds,
    agentId,
    provider,
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
    mode,
    claim,
    sealedIdentity,
    address,
    proveSeconds,
    agentId,
    provider,
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
    by,
    endedAtMs: nowMs,
    connectedSeconds: connectedSeconds(session, nowMs),
    confirmedBy,
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

/** A call of which we know the provider's id, and which must end there. */
export type EndedCall = EndedSession & Readonly<{ callId: string }>;

/**
 * The provider ends every call after sixty minutes. Past that, and some more, there is none (OpenAI Realtime limits).
 */
const providerLimitMs = 65 * 60_000;
const retryPauseMs = 2_000;

/** What shows that a call is over, by what the provider said when it was hung up; `undefined` when nothing does. */
export function confirmationOf(
  { grantedAtMs }: Pick<EndedSession, 'grantedAtMs'>,
  outcome: 'hung-up' | 'unknown' | undefined,
  nowMs: number,
): EndConfirmation | undefined {
  if (outcome === 'hung-up') return 'hang-up';
  if (outcome === 'unknown') return 'unknown-to-provider';
  return nowMs >= grantedAtMs + providerLimitMs ? 'provider-limit' : undefined;
}

/** When an end that nothing confirmed is tried again. */
export const retryAtMs = (nowMs: number): number => nowMs + retryPauseMs;
