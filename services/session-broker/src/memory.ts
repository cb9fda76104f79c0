import { type MemoryDocumentsOptions, memoryDocuments } from '@vox/platform/store';
import { type Sessions, sessionCells } from './calls/keep/sessions.ts';
import { type SlotCells, slotCells } from './slots/keep/slots.ts';

export const memorySlots = (options?: MemoryDocumentsOptions): SlotCells => memoryDocuments(slotCells, options);
export const memorySessions = (options?: MemoryDocumentsOptions): Sessions => memoryDocuments(sessionCells, options);
