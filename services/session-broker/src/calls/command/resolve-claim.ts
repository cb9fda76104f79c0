import type { Clock } from '@vox/platform/time';
import { type PendingSlot, releaseSlot, type SlotCounters, type SlotHolders } from '../../slots/mod.ts';
import type { DeniedSession } from '../decide/session.ts';
import type { Sessions } from '../keep/sessions.ts';

export type ResolveClaimDependencies = Readonly<{
  sessions: Pick<Sessions, 'decideOnce'>;
  slots: Pick<SlotCounters, 'reconcile'>;
  holders: Pick<SlotHolders, 'find'>;
  clock: Clock;
}>;

/** What a crash left pending in a tenant's slots for one session. */
export type LeftPending = Readonly<{ tenantId: string; sessionId: string }> & Pick<PendingSlot, 'identity' | 'what'>;

/**
 * Clears what a crash left pending. A claim that nobody decided on is denied first, so that a copy which still means to
 * grant it finds the denial.
 */
export async function resolveClaim(
  dependencies: ResolveClaimDependencies,
  { tenantId, sessionId, identity, what }: LeftPending,
): Promise<void> {
  const { sessions, clock } = dependencies;
  const decidedAtMs = clock.now().getTime();
  const denied: DeniedSession = { kind: 'denied', tenantId, identity, denial: { reason: 'expired' }, decidedAtMs };
  if (what === 'claimed') await sessions.decideOnce(sessionId, { propose: () => denied });
  await releaseSlot(dependencies, tenantId, sessionId);
}
