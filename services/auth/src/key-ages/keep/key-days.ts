import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { type KeyDay, keyDayDueAtMs } from '../decide/use.ts';

/** Days of widget keys by `<key>/<day>/<part>`: in parts, so that a busy key does not rewrite one large document. */
export type KeyDays = DocumentStore<KeyDay>;

export const storedKeyDays: StoredKind<KeyDay> = {
  collection: 'key_days',
  schema: z.object({
    widgetKey: z.string(),
    day: z.string(),
    folded: z.number().int().nonnegative(),
    calls: z.array(z.string()),
  }),
  dueAtMs: keyDayDueAtMs,
  tags: ({ widgetKey }) => [widgetKey],
};
