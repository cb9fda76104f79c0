import { hashKeyDocuments } from '@vox/platform/hash-keys';
import { type MongoStore, mongoDocuments } from '@vox/platform/store';
import { leadDocuments } from './calls/keep/leads.ts';
import { type Sessions, sessionDocuments } from './calls/keep/sessions.ts';
import { type SlotDocuments, slotDocuments } from './slots/keep/slots.ts';
import type { BrokerStores } from './stores.ts';
import { toolMinuteDocuments } from './tools/keep/tool-minutes.ts';
import { toolUseDocuments } from './tools/keep/tool-uses.ts';
import { watcherDocuments } from './watch/mod.ts';

export const mongoSlots = ({ db }: MongoStore): Promise<SlotDocuments> => mongoDocuments(db, slotDocuments);
export const mongoSessions = ({ db }: MongoStore): Promise<Sessions> => mongoDocuments(db, sessionDocuments);

/** The stores of this service in MongoDB. */
export const mongoStores = async (store: MongoStore): Promise<BrokerStores> => ({
  slots: await mongoSlots(store),
  sessions: await mongoSessions(store),
  leads: await mongoDocuments(store.db, leadDocuments),
  watchers: await mongoDocuments(store.db, watcherDocuments),
  hashKeyStore: await mongoDocuments(store.db, hashKeyDocuments),
  toolUses: await mongoDocuments(store.db, toolUseDocuments),
  toolMinutes: await mongoDocuments(store.db, toolMinuteDocuments),
});
