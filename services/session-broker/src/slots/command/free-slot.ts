import type { Clock } from '@vox/platform/time';
import { free } from '../decide/free.ts';
import type { SlotHolders } from '../keep/slot-holders.ts';
import type { SlotCounters } from '../keep/slots.ts';

export type FreeSlotDependencies = Readonly<{
  slots: Pick<SlotCounters, 'update'>;
  holders: Pick<SlotHolders, 'find'>;
  clock: Clock;
}>;

/**
 * Frees the slot of a session that has ended, once, whoever asks and however often. Answers the number of that change
 * while it is pending. The session is read after the slots: if its end is published, its slot is free already.
 */
export const freeSlot = (
  { slots, holders, clock }: FreeSlotDependencies,
  tenantId: string,
  sessionId: string,
): Promise<number | undefined> =>
  slots.update(tenantId, async (before) => {
    const holder = await holders.find(sessionId);
    if (holder?.kind !== 'ended') return { result: undefined, counter: before };
    const counter = free(before, sessionId, holder, clock.now().getTime());
    return { result: counter.pending[sessionId]?.seq, counter };
  });
