import { setTimeout as pause } from 'node:timers/promises';
import type { EndedBy, EndReason } from '@vox/contracts';
import { type EndSessionDependencies, endSession } from '../../calls/mod.ts';
import type { WatchEnd, WatchedCall } from '../../watch/mod.ts';

/**
 * Ends a call that its watch found over, or that must end for what its watch heard. Of one that the provider does not
 * know any more, whoever hung it up says why first.
 */
export async function endWatched(
  dependencies: EndSessionDependencies & Readonly<{ hungUpByUsMs: number }>,
  { sessionId, provider, callId }: WatchedCall,
  why: WatchEnd,
): Promise<void> {
  if (why === 'provider') await pause(dependencies.hungUpByUsMs);
  const { reason, by } = reasons[why];
  const confirmedBy = why === 'provider' ? 'provider' : undefined;
  // The session may have become another call's, when its request was decided twice.
  await endSession(dependencies, sessionId, (live) => (live.callId === callId ? reason : undefined), confirmedBy, by);
  // Another copy may have ended it, which knows nothing of this watch.
  if (why === 'provider') dependencies.watches.close({ provider, callId });
}

/** A call that its agent ended is one that a party of it has left. */
const reasons: Readonly<Record<WatchEnd, Readonly<{ reason: EndReason; by?: EndedBy }>>> = {
  provider: { reason: 'provider' },
  lost: { reason: 'provider' },
  policy: { reason: 'policy' },
  agent: { reason: 'client', by: 'agent' },
};
