export { claimSlot } from './command/claim-slot.ts';
export { closeSlots } from './command/close-slots.ts';
export { freeSlot } from './command/free-slot.ts';
export { releaseSlot } from './command/release-slot.ts';
export type { SlotHolder } from './decide/free.ts';
export { personScope } from './decide/scopes.ts';
export { type PendingSlot, type Starts, windowMs, withoutStart, withStart } from './decide/slots.ts';
export type { SlotHolders } from './keep/slot-holders.ts';
export type { SlotCounters } from './keep/slots.ts';
