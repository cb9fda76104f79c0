import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { acting } from '../values/acting.ts';
import { egressFailures, egressRefusals } from '../values/egress-outcome.ts';
import { fieldSentences } from '../values/field-mistakes.ts';
import { TenantId } from '../values/ids.ts';
import { plainLine } from '../values/plain-text.ts';
import { WebhookEventType } from './webhooks.ts';

export const WebhookEndpointId = z.string().regex(/^we_[A-Za-z0-9_-]{22}$/, 'must be an id of an endpoint (we_…)');
/** Sorts by when its event happened, the newest first. */
export const WebhookDeliveryId = z
  .string()
  .regex(/^wd_\d{13}_[A-Za-z0-9_-]{22}$/, 'must be an id of a delivery (wd_…)');

export const webhookEndpointsMax = 10;
const secret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/)
  .describe('shown this once: what receivers check signatures with');
const moment = z.iso.datetime();
const count = z.number().int().nonnegative();
const types = z
  .array(WebhookEventType)
  .min(1)
  .max(WebhookEventType.options.length)
  .refine((all) => new Set(all).size === all.length, fieldSentences['events-once']);
const url = z.string().max(2_048).describe('https, of a host of the public internet');
const named = { tenantId: TenantId, endpointId: WebhookEndpointId };

export const WebhookEndpointView = z.object({
  ...named,
  url,
  description: z.string(),
  types: z.array(WebhookEventType),
  status: z.enum(['enabled', 'disabled']),
  disabledWhy: z.enum(['asked', 'gone', 'failing']).nullable().describe('gone: it answered 410'),
  createdAt: moment,
  secretCreatedAt: moment,
  secretGraceEndsAt: moment.nullable().describe('until when messages bear a signature of the secret before, too'),
  failingSince: moment.nullable().describe('since when no delivery succeeded'),
});
export type WebhookEndpointView = z.infer<typeof WebhookEndpointView>;

export const ListWebhooks = question(
  'auth',
  'webhook-list',
  'A tenant’s webhook endpoints, without their secrets.',
  z.strictObject({ tenantId: TenantId }),
  z.object({ endpoints: z.array(WebhookEndpointView) }),
  { action: 'webhooks.list' },
);

export const CreateWebhook = question(
  'auth',
  'webhook-create',
  'Makes a webhook endpoint. Its secret is shown this once.',
  z.strictObject({ tenantId: TenantId, url, types, description: plainLine(200).default(''), ...acting }),
  z.object({ endpoint: WebhookEndpointView, secret }),
  { action: 'webhooks.write' },
);

export const UpdateWebhook = question(
  'auth',
  'webhook-update',
  'Changes a webhook endpoint. What is left out stays. Enabled again, it gets what happens from then on.',
  z.strictObject({
    ...named,
    url: url.optional(),
    types: types.optional(),
    description: plainLine(200).optional(),
    status: z.enum(['enabled', 'disabled']).optional(),
    ...acting,
  }),
  z.object({ endpoint: WebhookEndpointView }),
  { action: 'webhooks.write' },
);

export const RotateWebhookSecret = question(
  'auth',
  'webhook-secret-rotate',
  'Gives an endpoint a new secret. During the grace each message bears a signature of both.',
  z.strictObject({
    ...named,
    graceSeconds: z
      .number()
      .int()
      .min(0)
      .max(7 * 86_400)
      .default(86_400),
    ...acting,
  }),
  z.object({ endpoint: WebhookEndpointView, secret }),
  { action: 'webhooks.write' },
);

export const RemoveWebhook = question(
  'auth',
  'webhook-remove',
  'Removes a webhook endpoint, what waits for it, and its dead letters.',
  z.strictObject({ ...named, ...acting }),
  z.object({ removed: z.literal(true) }),
  { action: 'webhooks.write' },
);

export const WebhookDeliveryState = z.enum(['waiting', 'delivered', 'dead']);
export type WebhookDeliveryState = z.infer<typeof WebhookDeliveryState>;
/** How one try ended: `answered` with a status, or why there was no answer. */
export const WebhookOutcome = z.enum(['answered', ...egressRefusals, 'disabled', ...egressFailures]);
/** One try. Nothing of an answer is kept beyond its status. */
export const WebhookAttempt = z.object({
  at: moment,
  outcome: WebhookOutcome,
  status: z.number().int().nullable(),
  milliseconds: count,
});
export type WebhookAttempt = z.infer<typeof WebhookAttempt>;

export const WebhookDeliveryView = z.object({
  deliveryId: WebhookDeliveryId,
  endpointId: WebhookEndpointId,
  messageId: z.string().describe('`webhook-id`: the same at each try and each replay'),
  type: z.string(),
  occurredAt: moment,
  state: WebhookDeliveryState,
  tries: count.describe('since it was made or last replayed'),
  replays: count,
  nextTryAt: moment.nullable(),
  attempts: z.array(WebhookAttempt).describe('the last ones'),
});
export type WebhookDeliveryView = z.infer<typeof WebhookDeliveryView>;

export const ListWebhookDeliveries = question(
  'auth',
  'webhook-delivery-list',
  'What was sent to an endpoint, waits or was given up, newest first. Kept for a week, dead letters for a month.',
  z.strictObject({
    ...named,
    state: WebhookDeliveryState.optional(),
    after: WebhookDeliveryId.optional().describe('goes on behind this delivery'),
    limit: z.number().int().min(1).max(100).default(50),
  }),
  z.object({ deliveries: z.array(WebhookDeliveryView), next: WebhookDeliveryId.nullable() }),
  { action: 'webhooks.list' },
);

export const ReplayWebhook = question(
  'auth',
  'webhook-replay',
  'Sends one delivery again, or all that happened since a moment and were given up.',
  z.strictObject({
    ...named,
    what: z.union([
      z.strictObject({ deliveryId: WebhookDeliveryId }),
      z.strictObject({
        since: moment,
        delivered: z.boolean().default(false).describe('those too that arrived'),
        after: WebhookDeliveryId.optional().describe('goes on behind this delivery'),
      }),
    ]),
    ...acting,
  }),
  z.object({ replayed: count, next: WebhookDeliveryId.nullable().describe('ask again with this for more') }),
  { action: 'webhooks.replay' },
);

export const PingWebhook = question(
  'auth',
  'webhook-ping',
  'Sends an endpoint a `webhook.ping`. The list of its deliveries shows how that went.',
  z.strictObject({ ...named, ...acting }),
  z.object({ deliveryId: WebhookDeliveryId }),
  { action: 'webhooks.replay' },
);

export const webhookQuestions = [
  ListWebhooks,
  CreateWebhook,
  UpdateWebhook,
  RotateWebhookSecret,
  RemoveWebhook,
  ListWebhookDeliveries,
  ReplayWebhook,
  PingWebhook,
] as const;
