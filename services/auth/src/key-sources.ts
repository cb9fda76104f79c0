import { workingApiKeys } from './api-keys/command/working-api-keys.ts';
import type { AuthDependencies } from './dependencies.ts';
import type { KeySource } from './key-ages/mod.ts';
import { workingSecrets } from './secrets/mod.ts';
import { webhookSecretKeys } from './webhooks/mod.ts';
import { workingWidgetKeys } from './widget-keys/mod.ts';

/** Every kind of key and secret whose age is looked at. Each domain hands over those that work. */
export const keySourcesOf = ({
  tenants,
  endpoints,
  apiKeyRings,
  secretBooks,
  clock,
}: AuthDependencies): readonly KeySource[] => [
  async function* widgetKeys() {
    // Its use is counted from the calls that were granted, so nothing is known of it here but that it is counted.
    for await (const { tenantId, key, createdAt } of workingWidgetKeys(tenants, clock))
      yield { tenantId, kind: 'widget-key', keyId: key, createdAt, lastUsedAt: null };
  },
  async function* apiKeys() {
    for await (const each of workingApiKeys(apiKeyRings, clock)) yield { kind: 'api-key', ...each };
  },
  async function* secrets() {
    for await (const each of workingSecrets(secretBooks, clock)) yield { kind: 'secret', ...each };
  },
  async function* webhookSecrets() {
    for await (const each of webhookSecretKeys(endpoints)) yield { kind: 'webhook-secret', ...each };
  },
];
