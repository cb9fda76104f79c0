import { rowsOf } from '@vox/platform/store';
import type { Endpoints } from '../keep/endpoints.ts';

/** The secret of an endpoint, for whoever looks at the ages of keys. */
export type WebhookSecretKey = Readonly<{ tenantId: string; keyId: string; createdAt: string }>;

/** The newest secret of each enabled endpoint. Its use is not counted: whatever is sent uses it. */
export async function* webhookSecretKeys(endpoints: Pick<Endpoints, 'all'>): AsyncGenerator<WebhookSecretKey> {
  for await (const { state } of rowsOf(endpoints))
    for (const { endpointId, disabledWhy, secrets } of state.endpoints) {
      const [newest] = secrets;
      if (disabledWhy !== null || newest === undefined) continue;
      const createdAt = new Date(newest.createdAtMs).toISOString();
      // A rotated secret is another secret: its age is told of again.
      yield { tenantId: state.tenantId, keyId: `${endpointId}:${newest.createdAtMs}`, createdAt };
    }
}
