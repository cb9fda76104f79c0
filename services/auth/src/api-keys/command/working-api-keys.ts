import { rowsOf } from '@vox/platform/store';
import type { Clock } from '@vox/platform/time';
import type { ApiKeyRings } from '../keep/api-key-rings.ts';

/** An API key that works, when it was made, and when it was used last if ever. */
export type WorkingApiKey = Readonly<{
  tenantId: string;
  keyId: string;
  createdAt: string;
  lastUsedAt: string | null;
}>;

/** Every API key of every tenant that is neither revoked nor past its end. */
export async function* workingApiKeys(
  rings: Pick<ApiKeyRings, 'all'>,
  clock: Pick<Clock, 'now'>,
): AsyncGenerator<WorkingApiKey> {
  const nowMs = clock.now().getTime();
  for await (const { state } of rowsOf(rings))
    for (const { keyId, createdAtMs, lastUsedAtMs, revokedAtMs, expiresAtMs } of state.keys) {
      if (revokedAtMs !== null || (expiresAtMs !== null && expiresAtMs <= nowMs)) continue;
      const lastUsedAt = lastUsedAtMs === null ? null : new Date(lastUsedAtMs).toISOString();
      yield { tenantId: state.tenantId, keyId, createdAt: new Date(createdAtMs).toISOString(), lastUsedAt };
    }
}
