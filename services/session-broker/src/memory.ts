import { hashKeyDocuments } from '@vox/platform/hash-keys';
import { type MemoryDocumentsOptions, memoryDocuments } from '@vox/platform/store';
import { leadDocuments } from './calls/keep/leads.ts';
import { sessionDocuments } from './calls/keep/sessions.ts';
import { slotDocuments } from './slots/keep/slots.ts';
import type { BrokerStores } from './stores.ts';
import { toolMinuteDocuments } from './tools/keep/tool-minutes.ts';
import { toolUseDocuments } from './tools/keep/tool-uses.ts';
import { watcherDocuments } from './watch/mod.ts';

/** The stores of this service in memory. */
export const memoryStores = (options?: MemoryDocumentsOptions): BrokerStores => ({
  slots: memoryDocuments(slotDocuments, options),
  sessions: memoryDocuments(sessionDocuments, options),
  leads: memoryDocuments(leadDocuments, options),
  watchers: memoryDocuments(watcherDocuments, options),
  hashKeyStore: memoryDocuments(hashKeyDocuments),
  toolUses: memoryDocuments(toolUseDocuments, options),
  toolMinutes: memoryDocuments(toolMinuteDocuments, options),
});
