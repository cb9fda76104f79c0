import { type MemoryCellsOptions, memoryCells } from '@vox/platform/store';
import { type Sessions, sessionCells } from './sessions.ts';
import { type SlotCells, slotCells } from './slots.ts';

export const memorySlots = (options?: MemoryCellsOptions): SlotCells => memoryCells(slotCells, options);
export const memorySessions = (options?: MemoryCellsOptions): Sessions => memoryCells(sessionCells, options);
