import { type MongoStore, mongoDocuments } from '@vox/platform/store';
import { type Sessions, sessionCells } from './calls/keep/sessions.ts';
import { type SlotCells, slotCells } from './slots/keep/slots.ts';

export const mongoSlots = ({ db }: MongoStore): Promise<SlotCells> => mongoDocuments(db, slotCells);
export const mongoSessions = ({ db }: MongoStore): Promise<Sessions> => mongoDocuments(db, sessionCells);
