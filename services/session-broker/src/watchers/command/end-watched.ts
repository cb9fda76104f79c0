import { setTimeout as pause } from 'node:timers/promises';
import type { Policy, Withdrawal } from '@vox/contracts';
import { withdrawalKey } from '@vox/platform/crypto';
import { type EndSessionDependencies, endSession, endSessionOf } from '../../calls/mod.ts';
import type { WatchEnd, WatchedCall, Watches } from '../../watch/mod.ts';

/**
 * Ends a call that its watch found over, or that must end for what its watch heard. Of one that the provider does not
 * know any more, whoever hung it up says why first.
 */
export async function endWatched(
  dependencies: EndSessionDependencies & Readonly<{ hungUpByUsMs: number }>,
  { sessionId, callId }: WatchedCall,
  why: WatchEnd,
): Promise<void> {
  if (why === 'provider') await pause(dependencies.hungUpByUsMs);
  const reason = why === 'policy' ? 'policy' : 'provider';
  const confirmedBy = why === 'provider' ? 'provider' : undefined;
  // The session may have become another call's, when its request was decided twice.
  await endSession(dependencies, sessionId, (live) => (live.callId === callId ? reason : undefined), confirmedBy);
  // Another copy may have ended it, which knows nothing of this watch.
  if (why === 'provider') dependencies.watches.close(callId);
}

export type EndWithdrawnDependencies = EndSessionDependencies &
  Readonly<{
    watches: Pick<Watches, 'calls'>;
    policies: Readonly<{ get: (tenantId: string) => Policy | undefined }>;
  }>;

/** Ends the calls of a visitor who took the consent to a transcript back, where its tenant says so. */
export async function endWithdrawn(
  dependencies: EndWithdrawnDependencies,
  key: string,
  withdrawal: Withdrawal | undefined,
): Promise<void> {
  if (!withdrawal?.purposes.includes('transcripts')) return;
  const { watches, policies } = dependencies;
  const theirs = watches
    .calls()
    .filter(
      ({ tenantId, identity }) =>
        identity.kind === 'widget' &&
        withdrawalKey(tenantId, identity.visitorId) === key &&
        policies.get(tenantId)?.consent.endsCall === true,
    );
  await Promise.all(theirs.map((call) => endSessionOf(dependencies, call, 'privacy')));
}
