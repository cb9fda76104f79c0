import type { HashKeyStore } from '@vox/platform/hash-keys';
import type { Leads } from './calls/keep/leads.ts';
import type { Sessions } from './calls/keep/sessions.ts';
import type { SlotDocuments } from './slots/keep/slots.ts';
import type { ToolMinuteDocuments } from './tools/keep/tool-minutes.ts';
import type { ToolUses } from './tools/keep/tool-uses.ts';
import type { Watchers } from './watch/mod.ts';

/** Everything that this service keeps. */
export type BrokerStores = Readonly<{
  slots: SlotDocuments;
  sessions: Sessions;
  leads: Leads;
  watchers: Watchers;
  hashKeyStore: HashKeyStore;
  toolUses: ToolUses;
  toolMinutes: ToolMinuteDocuments;
}>;
