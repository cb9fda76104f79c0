import type { WebhookDeliveryView, WebhookEndpointView } from '@vox/contracts';
import type { Delivery } from './delivery.ts';
import type { Endpoint } from './endpoint.ts';

const moment = (ms: number): string => new Date(ms).toISOString();

/** An endpoint as its tenant sees it, without its secrets. */
export function endpointView(tenantId: string, endpoint: Endpoint, nowMs: number): WebhookEndpointView {
  const { endpointId, url, description, types, disabledWhy, createdAtMs, failingSinceMs, secrets } = endpoint;
  const [newest, former] = secrets;
  const graceEndsAtMs = former?.endsAtMs ?? null;
  return {
    ...{ tenantId, endpointId, url, description, types: [...types], disabledWhy },
    status: disabledWhy === null ? 'enabled' : 'disabled',
    createdAt: moment(createdAtMs),
    secretCreatedAt: moment(newest?.createdAtMs ?? createdAtMs),
    secretGraceEndsAt: graceEndsAtMs !== null && graceEndsAtMs > nowMs ? moment(graceEndsAtMs) : null,
    failingSince: failingSinceMs === null ? null : moment(failingSinceMs),
  };
}

export const deliveryView = (deliveryId: string, delivery: Delivery): WebhookDeliveryView => {
  const { endpointId, messageId, type, occurredAtMs, state, tries, replays, atMs, attempts } = delivery;
  return {
    ...{ deliveryId, endpointId, messageId, type, state, tries, replays },
    occurredAt: moment(occurredAtMs),
    nextTryAt: state === 'waiting' ? moment(atMs) : null,
    attempts: attempts.map(({ atMs: at, outcome, status, milliseconds }) => ({
      at: moment(at),
      ...{ outcome, status, milliseconds },
    })),
  };
};
