import { reconcile } from '../decide/free.ts';
import type { SlotHolders } from '../keep/slot-holders.ts';
import type { SlotCounters } from '../keep/slots.ts';

export type ReleaseSlotDependencies = Readonly<{
  slots: Pick<SlotCounters, 'reconcile'>;
  holders: Pick<SlotHolders, 'find'>;
}>;

/**
 * Releases what is claimed for a session and was not granted on, and forgets what the session says itself. The session
 * is read after the slots, so it is at least as new as they are. When nothing is pending nothing is written.
 */
export const releaseSlot = (
  { slots, holders }: ReleaseSlotDependencies,
  tenantId: string,
  sessionId: string,
): Promise<void> =>
  slots.reconcile(tenantId, async (counter) =>
    counter.pending[sessionId] === undefined ? counter : reconcile(counter, sessionId, await holders.find(sessionId)),
  );
