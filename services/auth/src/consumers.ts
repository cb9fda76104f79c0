import { consumers } from '@vox/contracts';
import type { Consumption, Outcome } from '@vox/platform/bus';
import { onCallGranted, onCallRefused } from './call-decisions/accept/on-call-decided.ts';
import type { AuthDependencies } from './dependencies.ts';
import { onSessionGranted } from './key-ages/accept/on-session-granted.ts';
import { onRequestRefused } from './refusal-digests/accept/on-request-refused.ts';
import { onWebhookFact } from './webhooks/accept/on-webhook-fact.ts';

/**
 * Has a fact handled by several, each of which knows its own work again: where one fails, all of them are asked again.
 */
const byEach =
  <F>(...handlers: readonly ((fact: F) => Promise<Outcome>)[]) =>
  async (fact: F): Promise<Outcome> => {
    for (const handle of handlers) {
      const outcome = await handle(fact);
      if (outcome !== 'ack') return outcome;
    }
    return 'ack';
  };

/** Consumes every fact that tenants are told of, that shows the use of a key, or that stands in a digest. */
export async function consumeAll(dependencies: AuthDependencies): Promise<readonly Consumption[]> {
  const { bus } = dependencies;
  return [
    await bus.consume(consumers.authKeyUse, byEach(onSessionGranted(dependencies), onCallGranted(dependencies))),
    await bus.consume(consumers.authRefusals, byEach(onRequestRefused(dependencies), onCallRefused(dependencies))),
    await bus.consume(consumers.authWebhookCalls, onWebhookFact(dependencies)),
    await bus.consume(consumers.authWebhookPrivacy, onWebhookFact(dependencies)),
    await bus.consume(consumers.authWebhookTrust, onWebhookFact(dependencies)),
  ];
}
