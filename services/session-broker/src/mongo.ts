import { type MongoStore, mongoDocuments } from '@vox/platform/store';
import { type Sessions, sessionDocuments } from './calls/keep/sessions.ts';
import { type SlotDocuments, slotDocuments } from './slots/keep/slots.ts';

export const mongoSlots = ({ db }: MongoStore): Promise<SlotDocuments> => mongoDocuments(db, slotDocuments);
export const mongoSessions = ({ db }: MongoStore): Promise<Sessions> => mongoDocuments(db, sessionDocuments);
