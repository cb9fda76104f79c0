import {
  CreateWebhook,
  ListWebhookDeliveries,
  ListWebhooks,
  PingWebhook,
  RemoveWebhook,
  ReplayWebhook,
  RotateWebhookSecret,
  UpdateWebhook,
} from '@vox/contracts';
import { type Bus, type Consumption, publishAct } from '@vox/platform/bus';
import { auditedRefusals, type RefusalDependencies } from '../../tenants/mod.ts';
import { type CreateWebhookDependencies, createWebhook } from '../command/create-webhook.ts';
import { listDeliveries, listWebhooks } from '../command/list-webhooks.ts';
import { type PingWebhookDependencies, pingWebhook } from '../command/ping-webhook.ts';
import { type ReplayWebhookDependencies, replayWebhook } from '../command/replay-webhook.ts';
import { rotateWebhookSecret } from '../command/rotate-webhook-secret.ts';
import { removeWebhook, updateWebhook } from '../command/update-webhook.ts';

export type WebhookResponderDependencies = CreateWebhookDependencies &
  ReplayWebhookDependencies &
  PingWebhookDependencies &
  RefusalDependencies &
  Readonly<{ bus: Pick<Bus, 'answer' | 'publish'> }>;

/** Questions that change an endpoint or send something. */
export async function webhookResponders(dependencies: WebhookResponderDependencies): Promise<Consumption[]> {
  const { bus, clock } = dependencies;
  const audited = auditedRefusals(dependencies);
  const acts = { bus, clock, source: 'auth', knows: () => true };
  return [
    ...(await webhookLists(dependencies)),
    await bus.answer(
      CreateWebhook,
      audited('webhook.create', (request) => createWebhook(dependencies, request)),
    ),
    await bus.answer(
      UpdateWebhook,
      audited('webhook.update', (request) => updateWebhook(dependencies, request)),
    ),
    await bus.answer(
      RotateWebhookSecret,
      audited('webhook.rotate-secret', (request) => rotateWebhookSecret(dependencies, request)),
    ),
    await bus.answer(
      RemoveWebhook,
      audited('webhook.remove', async (request) => {
        await removeWebhook(dependencies, request);
        return { removed: true as const };
      }),
    ),
    await bus.answer(
      ReplayWebhook,
      audited('webhook.replay', async (request) => {
        const answer = await replayWebhook(dependencies, request);
        const act = { tenantId: request.tenantId, action: 'webhook.replay', target: `webhook:${request.endpointId}` };
        await publishAct(acts, act, request, { outcome: 'done', details: { replayed: String(answer.replayed) } });
        return answer;
      }),
    ),
    await bus.answer(
      PingWebhook,
      audited('webhook.ping', async (request) => ({ deliveryId: await pingWebhook(dependencies, request) })),
    ),
  ];
}

const webhookLists = async (dependencies: WebhookResponderDependencies): Promise<Consumption[]> => [
  await dependencies.bus.answer(ListWebhooks, async ({ tenantId }) => ({
    endpoints: await listWebhooks(dependencies, tenantId),
  })),
  await dependencies.bus.answer(ListWebhookDeliveries, (request) => listDeliveries(dependencies, request)),
];
