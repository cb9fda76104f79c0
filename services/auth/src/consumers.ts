import { consumers } from '@vox/contracts';
import type { Consumption } from '@vox/platform/bus';
import type { AuthDependencies } from './dependencies.ts';
import { onSessionGranted } from './key-ages/accept/on-session-granted.ts';
import { onRequestRefused } from './refusal-digests/accept/on-request-refused.ts';
import { onWebhookFact } from './webhooks/accept/on-webhook-fact.ts';

/** Consumes every fact that tenants are told of, that shows the use of a key, or that stands in a digest. */
export async function consumeAll(dependencies: AuthDependencies): Promise<readonly Consumption[]> {
  const { bus } = dependencies;
  return [
    await bus.consume(consumers.authKeyUse, onSessionGranted(dependencies)),
    await bus.consume(consumers.authRefusals, onRequestRefused(dependencies)),
    await bus.consume(consumers.authWebhookCalls, onWebhookFact(dependencies)),
    await bus.consume(consumers.authWebhookPrivacy, onWebhookFact(dependencies)),
    await bus.consume(consumers.authWebhookTrust, onWebhookFact(dependencies)),
  ];
}
