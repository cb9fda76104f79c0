import {
  type Acting,
  type ActOutcome,
  type Fact,
  KeyAging,
  RefusalsDigested,
  WebhookChanged,
  WebhookDeliveryFailed,
  WebhookDisabled,
} from '@vox/contracts';

/** How an act is made of a fact that a service told by itself, and of one that somebody asked for. */
type Makers<A> = Readonly<{
  self: (fact: Fact, action: string, target: string, over?: { reason?: string; outcome?: ActOutcome }) => A;
  asked: (by: Acting, action: string, target: string) => A;
}>;

const webhookActions = {
  created: 'webhook.create',
  updated: 'webhook.update',
  'secret-rotated': 'webhook.rotate-secret',
  removed: 'webhook.remove',
} as const;

/** How facts of webhooks, of the ages of keys and of refusals read as acts. */
export const identityActs = <A>({ self, asked }: Makers<A>) => ({
  [KeyAging.name]: (fact: Fact<typeof KeyAging>) =>
    self(fact, 'key.age', `${fact.data.kind}:${fact.data.keyId}`, { reason: fact.data.cause }),
  [RefusalsDigested.name]: (fact: Fact<typeof RefusalsDigested>) =>
    self(fact, 'refusals.digest', `week:${fact.data.week}`),
  [WebhookChanged.name]: ({ data }: Fact<typeof WebhookChanged>) =>
    asked(data, webhookActions[data.change], `webhook:${data.endpointId}`),
  [WebhookDisabled.name]: (fact: Fact<typeof WebhookDisabled>) =>
    self(fact, 'webhook.disable', `webhook:${fact.data.endpointId}`, { reason: fact.data.why }),
  [WebhookDeliveryFailed.name]: (fact: Fact<typeof WebhookDeliveryFailed>) =>
    self(fact, 'webhook.deliver', `webhook-delivery:${fact.data.deliveryId}`, {
      outcome: 'refused',
      reason: `after ${fact.data.attempts} tries`,
    }),
});
