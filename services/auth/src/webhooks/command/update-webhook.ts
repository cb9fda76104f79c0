import type { RemoveWebhook, UpdateWebhook } from '@vox/contracts';
import type { z } from 'zod';
import { removeEndpoint, updateEndpoint } from '../decide/endpoint.ts';
import { endpointView } from '../decide/view.ts';
import type { Queues } from '../keep/queues.ts';
import { type ChangeEndpointsDependencies, changeEndpoints } from './change-endpoints.ts';
import { type CheckUrlDependencies, checkUrl } from './check-url.ts';
import { endpointIn } from './read-endpoint.ts';
import { ringQueue } from './ring-queue.ts';

/** Changes what was given of an endpoint. */
export async function updateWebhook(
  dependencies: ChangeEndpointsDependencies & CheckUrlDependencies,
  { tenantId, endpointId, url, types, description, status, ...by }: z.infer<(typeof UpdateWebhook)['request']>,
): Promise<z.input<(typeof UpdateWebhook)['reply']>> {
  if (url !== undefined) checkUrl(dependencies, url);
  const book = await changeEndpoints(dependencies, tenantId, by, (known, nowMs) =>
    updateEndpoint(known, endpointId, { url, types, description, status }, nowMs),
  );
  const nowMs = dependencies.clock.now().getTime();
  return { endpoint: endpointView(tenantId, endpointIn(book, endpointId), nowMs) };
}

/** Removes an endpoint. Whoever works at its queue next finds it gone, and removes what it was sent. */
export async function removeWebhook(
  dependencies: ChangeEndpointsDependencies & Readonly<{ queues: Pick<Queues, 'update'> }>,
  { tenantId, endpointId, ...by }: z.infer<(typeof RemoveWebhook)['request']>,
): Promise<void> {
  await changeEndpoints(dependencies, tenantId, by, (known) => removeEndpoint(known, endpointId));
  await ringQueue(dependencies, { tenantId, endpointId }, true);
}
