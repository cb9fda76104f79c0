import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { acting } from '../values/acting.ts';
import { TenantId } from '../values/ids.ts';
import { WebhookDeliveryId, WebhookEndpointId } from './ask-webhooks.ts';

const endpoint = { tenantId: TenantId, endpointId: WebhookEndpointId };

export const WebhookChanged = factKind({
  name: 'vox.identity.webhook-changed',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['auth'],
  summary: 'Somebody made, changed or removed a webhook endpoint, or gave it a new secret.',
  data: z.object({ ...endpoint, change: z.enum(['created', 'updated', 'secret-rotated', 'removed']), ...acting }),
});

export const WebhookDisabled = factKind({
  name: 'vox.identity.webhook-disabled',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['auth'],
  summary: 'A webhook endpoint gets nothing any more: it said that it is gone (410), or it failed for days.',
  data: z.object({ ...endpoint, why: z.enum(['gone', 'failing']) }),
});

export const WebhookDeliveryFailed = factKind({
  name: 'vox.identity.webhook-delivery-failed',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['auth'],
  summary: 'A webhook was tried for a day and given up. It is listed as a dead letter and may be replayed by hand.',
  data: z.object({ ...endpoint, deliveryId: WebhookDeliveryId, attempts: z.number().int().nonnegative() }),
});

export const webhookFacts = [WebhookChanged, WebhookDisabled, WebhookDeliveryFailed] as const;
