import { type MemoryDocumentsOptions, memoryDocuments } from '@vox/platform/store';
import { type Sessions, sessionDocuments } from './calls/keep/sessions.ts';
import { type SlotDocuments, slotDocuments } from './slots/keep/slots.ts';

export const memorySlots = (options?: MemoryDocumentsOptions): SlotDocuments => memoryDocuments(slotDocuments, options);
export const memorySessions = (options?: MemoryDocumentsOptions): Sessions =>
  memoryDocuments(sessionDocuments, options);
