import type { Egress, EgressOutcome } from '@vox/platform/egress';
import { Webhook } from 'standardwebhooks';
import type { Delivery } from '../decide/delivery.ts';

export type SendDependencies = Readonly<{ egress: Pick<Egress, 'send'> }>;

/** A receiver that takes longer is told again later. */
const connectMs = 4_000;
const wholeMs = 10_000;

/**
 * Sends one message, signed with each secret (Standard Webhooks: `webhook-id`, `webhook-timestamp`,
 * `webhook-signature`). Nothing of the answer is read but its status.
 */
export const sendMessage = (
  { egress }: SendDependencies,
  url: string,
  { tenantId, messageId, body }: Pick<Delivery, 'tenantId' | 'messageId' | 'body'>,
  secrets: readonly string[],
  at: Date,
): Promise<EgressOutcome> =>
  egress.send({
    ...{ url, method: 'POST', body, connectMs, wholeMs, bodyMaxBytes: 0, owner: tenantId },
    headers: {
      'content-type': 'application/json',
      'user-agent': 'VOX-Webhooks/1',
      'webhook-id': messageId,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(messageId, at, body)).join(' '),
    },
  });
