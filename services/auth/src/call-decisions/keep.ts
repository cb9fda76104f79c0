import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { type CallDay, callDayDueAtMs } from './decide.ts';

/** Days by `<tenant>/<day>/<part>`: in parts, so that a busy tenant does not rewrite one large document. */
export type CallDays = DocumentStore<CallDay>;

export const callDayTag = ({ tenantId, day }: Pick<CallDay, 'tenantId' | 'day'>): string => `${tenantId}/${day}`;

const count = z.number().int().positive();

export const storedCallDays: StoredKind<CallDay> = {
  collection: 'call_days',
  schema: z.object({
    tenantId: z.string(),
    day: z.string(),
    counts: z.record(z.string(), z.record(z.string(), count)),
    seen: z.array(z.string()),
  }),
  dueAtMs: callDayDueAtMs,
  tags: (day) => [callDayTag(day)],
};
