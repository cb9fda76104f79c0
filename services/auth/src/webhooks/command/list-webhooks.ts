import type { ListWebhookDeliveries, WebhookEndpointView } from '@vox/contracts';
import { noTenant } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import type { z } from 'zod';
import { deliveryView, endpointView } from '../decide/view.ts';
import { type Deliveries, endpointTag, stateTag } from '../keep/deliveries.ts';
import type { Endpoints } from '../keep/endpoints.ts';
import { readEndpoint } from './read-endpoint.ts';

export type ListWebhooksDependencies = Readonly<{
  endpoints: Pick<Endpoints, 'read'>;
  clock: Clock;
  /** Whether there is such a tenant. */
  knowsTenant: (tenantId: string) => Promise<boolean>;
}>;

/** The endpoints of a tenant. Throws Fault NOT_FOUND where there is no such tenant. */
export async function listWebhooks(
  { endpoints, clock, knowsTenant }: ListWebhooksDependencies,
  tenantId: string,
): Promise<WebhookEndpointView[]> {
  const book = await endpoints.read(tenantId);
  if (book === undefined && !(await knowsTenant(tenantId))) throw noTenant(tenantId);
  const nowMs = clock.now().getTime();
  return (book?.endpoints ?? []).map((each) => endpointView(tenantId, each, nowMs));
}

/** Deliveries of one endpoint, the newest first. */
export async function listDeliveries(
  dependencies: Readonly<{ endpoints: Pick<Endpoints, 'read'>; deliveries: Pick<Deliveries, 'tagged'> }>,
  { tenantId, endpointId, state, after, limit }: z.infer<(typeof ListWebhookDeliveries)['request']>,
): Promise<z.input<(typeof ListWebhookDeliveries)['reply']>> {
  const whose = { tenantId, endpointId };
  await readEndpoint(dependencies, whose);
  const tag = state === undefined ? endpointTag(whose) : stateTag(whose, state);
  const found = await dependencies.deliveries.tagged(tag, limit, after);
  return {
    deliveries: found.map(({ key, state: delivery }) => deliveryView(key, delivery)),
    next: found.length < limit ? null : (found.at(-1)?.key ?? null),
  };
}
