import { KeyAging, RefusalsDigested, WebhookChanged, WebhookDeliveryFailed, WebhookDisabled } from '@vox/contracts';
import { asked, type Projections, self } from './act-forms.ts';

const webhookActions = {
  created: 'webhook.create',
  updated: 'webhook.update',
  'secret-rotated': 'webhook.rotate-secret',
  removed: 'webhook.remove',
} as const;

/** How the facts of webhooks, of the ages of keys and of refusals read as acts. */
export const webhookActs = {
  [KeyAging.name]: (fact) => self(fact, 'key.age', `${fact.data.kind}:${fact.data.keyId}`, { reason: fact.data.cause }),
  [RefusalsDigested.name]: (fact) => self(fact, 'refusals.digest', `week:${fact.data.week}`),
  [WebhookChanged.name]: ({ data }) => asked(data, webhookActions[data.change], `webhook:${data.endpointId}`),
  [WebhookDisabled.name]: (fact) =>
    self(fact, 'webhook.disable', `webhook:${fact.data.endpointId}`, { reason: fact.data.why }),
  [WebhookDeliveryFailed.name]: (fact) =>
    self(fact, 'webhook.deliver', `webhook-delivery:${fact.data.deliveryId}`, {
      outcome: 'refused',
      reason: `after ${fact.data.attempts} tries`,
    }),
} satisfies Partial<Projections>;
