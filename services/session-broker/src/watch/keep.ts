import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';

/** A copy of the broker that watches calls, and until when it is known to live. */
export type Watcher = Readonly<{ untilMs: number }>;
/** Watchers by the name of their copy. */
export type Watchers = DocumentStore<Watcher>;

export const watcherDocuments: StoredKind<Watcher> = {
  collection: 'watchers',
  schema: z.object({ untilMs: z.number().int() }),
  dueAtMs: ({ untilMs }) => untilMs,
};
