import type { Fact, WebhookEvent } from '@vox/contracts';
import { digest } from '@vox/platform/crypto';
import { type Delivery, deliveryIdOf } from '../decide/delivery.ts';
import { wants } from '../decide/endpoint.ts';
import { eventOf, type ToldKind } from '../decide/event.ts';
import type { Deliveries } from '../keep/deliveries.ts';
import type { Endpoints } from '../keep/endpoints.ts';
import { type RingQueueDependencies, ringQueue } from './ring-queue.ts';

export type EnqueueDependencies = RingQueueDependencies & Readonly<{ deliveries: Pick<Deliveries, 'decideOnce'> }>;

const hashLength = 22;
const short = (...parts: readonly string[]): string => digest(...parts).slice(0, hashLength);

/** Keeps a message for each endpoint that wants to be told of a fact. A fact that comes again adds nothing. */
export async function enqueueFact(
  dependencies: EnqueueDependencies & Readonly<{ endpoints: Pick<Endpoints, 'read'> }>,
  fact: Fact<ToldKind>,
): Promise<void> {
  const { tenantId } = fact.data;
  const book = await dependencies.endpoints.read(tenantId);
  if (book === undefined) return;
  const event = eventOf(fact);
  const happenedAtMs = Date.parse(fact.time);
  for (const endpoint of book.endpoints)
    if (wants(endpoint, event.type, happenedAtMs))
      await enqueue(dependencies, { tenantId, endpointId: endpoint.endpointId }, fact.id, event);
}

/**
 * Keeps one message for one endpoint and says that it is due. Answers the id of the delivery, which derives from the
 * id of what caused it.
 */
export async function enqueue(
  dependencies: EnqueueDependencies,
  whose: Readonly<{ tenantId: string; endpointId: string }>,
  causeId: string,
  event: WebhookEvent,
): Promise<string> {
  const occurredAtMs = Date.parse(event.timestamp);
  const deliveryId = deliveryIdOf(occurredAtMs, short('webhook-delivery', whose.tenantId, whose.endpointId, causeId));
  const propose = (): Delivery => ({
    ...whose,
    messageId: `msg_${short('webhook-message', whose.tenantId, causeId)}`,
    ...{ type: event.type, body: JSON.stringify(event), occurredAtMs },
    ...{ state: 'waiting', tries: 0, replays: 0, attempts: [], isUntold: false },
    atMs: dependencies.clock.now().getTime(),
  });
  // A copy that crashed may have kept the message and not rung: whoever hears the fact again rings.
  const { state } = await dependencies.deliveries.decideOnce(deliveryId, { propose });
  if (state.state === 'waiting') await ringQueue(dependencies, whose);
  return deliveryId;
}
