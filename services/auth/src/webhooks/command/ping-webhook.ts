import { mistakeSaid, type PingWebhook } from '@vox/contracts';
import { invalidField } from '@vox/platform/fault';
import type { z } from 'zod';
import type { Endpoint } from '../decide/endpoint.ts';
import type { Endpoints } from '../keep/endpoints.ts';
import { type EnqueueDependencies, enqueue } from './enqueue-event.ts';
import { readEndpoint } from './read-endpoint.ts';
import { ringQueue } from './ring-queue.ts';

export type PingWebhookDependencies = EnqueueDependencies &
  Readonly<{ endpoints: Pick<Endpoints, 'read'>; uuid: () => string }>;

/** Throws Fault INVALID_REQUEST for an endpoint that is disabled: nothing would be sent. */
export function mustBeEnabled({ disabledWhy }: Endpoint): void {
  if (disabledWhy !== null) throw invalidField('endpointId', mistakeSaid('endpoint-disabled'));
}

/** Sends an endpoint a message that means nothing. Answers the id of the delivery. */
export async function pingWebhook(
  dependencies: PingWebhookDependencies,
  { tenantId, endpointId }: z.infer<(typeof PingWebhook)['request']>,
): Promise<string> {
  mustBeEnabled(await readEndpoint(dependencies, { tenantId, endpointId }));
  const timestamp = dependencies.clock.now().toISOString();
  const event = { type: 'webhook.ping' as const, timestamp, data: { tenantId, endpointId } };
  const deliveryId = await enqueue(dependencies, { tenantId, endpointId }, dependencies.uuid(), event);
  await ringQueue(dependencies, { tenantId, endpointId }, true);
  return deliveryId;
}
