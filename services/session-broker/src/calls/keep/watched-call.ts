import type { SealKey } from '@vox/platform/crypto';
import type { WatchedCall } from '../../watch/mod.ts';
import { type LiveSession, providerOf } from '../decide/session.ts';
import { inTheOpen } from './sealed-person.ts';

/** A brokered session as a watch of it needs it, for a copy that did not make the call. */
export function watchedCall(sealKey: SealKey, sessionId: string, session: LiveSession): WatchedCall | undefined {
  const { tenantId, callId, agentId, traceparent, connectedAtMs, settings } = session;
  if (callId === undefined) return undefined;
  const { identity } = inTheOpen(sealKey, sessionId, session);
  const call = { tenantId, sessionId, provider: providerOf(session), callId, agentId, identity, traceparent };
  return { ...call, sinceMs: session.grantedAtMs, connectedAtMs, settings, isWhole: false };
}
