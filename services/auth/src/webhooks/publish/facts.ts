import { makeFact, WebhookChanged, WebhookDeliveryFailed, WebhookDisabled } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Delivery } from '../decide/delivery.ts';
import type { BookEntry } from '../decide/endpoint.ts';

type Publishing = Pick<Bus, 'publish'>;

/** Publishes what became of an endpoint. */
export async function publishBookEntry(
  bus: Publishing,
  tenantId: string,
  { id, by, traceparent, atMs, endpointId, change }: BookEntry,
): Promise<void> {
  const head = { id, source: 'auth', at: new Date(atMs), traceparent };
  if (change === 'gone' || change === 'failing')
    await bus.publish(WebhookDisabled, makeFact(WebhookDisabled, head, { tenantId, endpointId, why: change }));
  else await bus.publish(WebhookChanged, makeFact(WebhookChanged, head, { tenantId, endpointId, change, ...by }));
}

/** Publishes that a delivery was given up. One that was replayed may be given up again, which is another fact. */
export async function publishDeadLetter(bus: Publishing, deliveryId: string, delivery: Delivery): Promise<void> {
  const { tenantId, endpointId, replays, atMs, tries } = delivery;
  const head = { id: `webhook-dead:${deliveryId}:${replays}`, source: 'auth', at: new Date(atMs) };
  const data = { tenantId, endpointId, deliveryId, attempts: tries };
  await bus.publish(WebhookDeliveryFailed, makeFact(WebhookDeliveryFailed, head, data));
}
