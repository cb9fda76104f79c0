import { setTimeout as pause } from 'node:timers/promises';
import type { EndedBy, EndReason, Policy, Withdrawal } from '@vox/contracts';
import { withdrawalKey } from '@vox/platform/crypto';
import { type EndSessionDependencies, endSession, endSessionOf } from '../../calls/mod.ts';
import type { WatchEnd, WatchedCall, Watches } from '../../watch/mod.ts';

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

export type EndWithdrawnDependencies = EndSessionDependencies &
  Readonly<{
    watches: Pick<Watches, 'calls'>;
    policies: Readonly<{ get: (tenantId: string) => Policy | undefined }>;
    /** What visitors took back. */
    withdrawn: Readonly<{ get: (key: string) => Withdrawal | undefined }>;
  }>;

/**
 * Ends the calls whose visitors have taken the consent to a transcript back since they began, where their tenants say
 * so. A copy looks when it hears of a withdrawal, and again and again: a call may come to it after that.
 */
export async function endWithdrawn(dependencies: EndWithdrawnDependencies): Promise<void> {
  const { watches, policies, withdrawn } = dependencies;
  const over = watches
    .calls()
    .filter(
      ({ tenantId, identity, sinceMs }) =>
        identity.kind === 'widget' &&
        policies.get(tenantId)?.consent.endsCall === true &&
        isTakenBack(withdrawn.get(withdrawalKey(tenantId, identity.visitorId)), sinceMs),
    );
  await Promise.all(over.map((call) => endSessionOf(dependencies, call, 'privacy')));
}

const isTakenBack = (withdrawal: Withdrawal | undefined, sinceMs: number): boolean =>
  withdrawal?.purposes.includes('transcripts') === true && Date.parse(withdrawal.at) >= sinceMs;
