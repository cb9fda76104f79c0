import { type MongoStore, mongoCells } from '@vox/platform/store';
import { type Sessions, sessionCells } from './sessions.ts';
import { type SlotCells, slotCells } from './slots.ts';

export const mongoSlots = ({ db }: MongoStore): Promise<SlotCells> => mongoCells(db, slotCells);
export const mongoSessions = ({ db }: MongoStore): Promise<Sessions> => mongoCells(db, sessionCells);
