import { WebhookAttempt } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { type Delivery, deliveryDueAtMs } from '../decide/delivery.ts';

/** Deliveries by their ids, of which the newest comes first. */
export type Deliveries = DocumentStore<Delivery>;

type Whose = Readonly<{ tenantId: string; endpointId: string }>;
/** What all deliveries of an endpoint bear, and what those in one state do. */
export const endpointTag = ({ tenantId, endpointId }: Whose): string => `${tenantId}/${endpointId}`;
export const stateTag = (whose: Whose, state: Delivery['state']): string => `${endpointTag(whose)}/${state}`;

const ms = z.number().int();
const count = z.number().int().nonnegative();

export const storedDeliveries: StoredKind<Delivery> = {
  collection: 'webhook_deliveries',
  schema: z.object({
    tenantId: z.string(),
    endpointId: z.string(),
    messageId: z.string(),
    type: z.string(),
    body: z.string(),
    occurredAtMs: ms,
    state: z.enum(['waiting', 'delivered', 'dead']),
    tries: count,
    replays: count,
    atMs: ms,
    attempts: z.array(
      z.object({
        atMs: ms,
        outcome: WebhookAttempt.shape.outcome,
        status: z.number().int().nullable(),
        milliseconds: count,
      }),
    ),
    isUntold: z.boolean(),
  }),
  dueAtMs: deliveryDueAtMs,
  tags: (delivery) => [endpointTag(delivery), stateTag(delivery, delivery.state)],
  listsDueByTag: true,
};
