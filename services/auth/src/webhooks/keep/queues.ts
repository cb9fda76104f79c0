import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { type Queue, queueDueAtMs } from '../decide/queue.ts';

/** Queues by `<tenant>/<endpoint>`. */
export type Queues = DocumentStore<Queue>;

const ms = z.number();

export const storedQueues: StoredKind<Queue> = {
  collection: 'webhook_queues',
  schema: z.object({
    tenantId: z.string(),
    endpointId: z.string(),
    dueAtMs: ms,
    restUntilMs: ms,
    failures: z.number().int().nonnegative(),
    lease: z.object({ by: z.string(), untilMs: ms, rings: z.number().int() }).nullable(),
    rings: z.number().int().nonnegative(),
  }),
  dueAtMs: queueDueAtMs,
};
