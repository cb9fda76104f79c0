import { rowsOf } from '@vox/platform/store';
import type { Clock } from '@vox/platform/time';
import { versionInForce } from '../decide/book.ts';
import type { SecretBooks } from '../keep/books.ts';

/** A secret, for whoever looks at the ages of keys. */
export type WorkingSecret = Readonly<{ tenantId: string; keyId: string; createdAt: string; lastUsedAt: string | null }>;

/** The version of each secret that is in force. */
export async function* workingSecrets(
  secretBooks: Pick<SecretBooks, 'all'>,
  clock: Clock,
): AsyncGenerator<WorkingSecret> {
  const nowMs = clock.now().getTime();
  for await (const { state } of rowsOf(secretBooks))
    for (const secret of state.secrets) {
      const { createdAtMs } = versionInForce(secret, nowMs);
      const { lastUsedAtMs } = secret;
      yield {
        tenantId: state.tenantId,
        // A rotated secret is another secret: its age is told of again.
        keyId: `${secret.name}:${createdAtMs}`,
        createdAt: new Date(createdAtMs).toISOString(),
        lastUsedAt: lastUsedAtMs === null ? null : new Date(lastUsedAtMs).toISOString(),
      };
    }
}
