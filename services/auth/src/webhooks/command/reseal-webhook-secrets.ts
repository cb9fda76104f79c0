import type { SealKeys } from '@vox/platform/crypto';
import { changeEvery, withChanged } from '@vox/platform/store';
import type { Endpoints } from '../keep/endpoints.ts';
import { resealedSecret } from '../publish/secret.ts';

type ResealWebhookSecretsDependencies = Readonly<{ endpoints: Pick<Endpoints, 'all' | 'update'>; sealKey: SealKeys }>;

/** Puts secrets of webhooks under the newest key, and answers of how many tenants. */
export const resealWebhookSecrets = ({
  endpoints: books,
  sealKey,
}: ResealWebhookSecretsDependencies): Promise<number> =>
  changeEvery(books, (book) => {
    const endpoints = withChanged(book.endpoints, (endpoint) => {
      const whose = { tenantId: book.tenantId, endpointId: endpoint.endpointId };
      const secrets = withChanged(endpoint.secrets, (secret) => {
        const sealed = resealedSecret(sealKey, whose, secret.sealed);
        return sealed === undefined ? undefined : { ...secret, sealed };
      });
      return secrets && { ...endpoint, secrets };
    });
    return endpoints && { ...book, endpoints };
  });
