import { KeyAging, makeFact } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { digest } from '@vox/platform/crypto';
import type { Aging, KeyAge } from './decide/age.ts';

/** Publishes that a key turned old or unused. Published again, it is the same fact. */
export async function publishAging(
  bus: Pick<Bus, 'publish'>,
  { tenantId, kind, keyId }: Pick<KeyAge, 'tenantId' | 'kind' | 'keyId'>,
  { cause, sinceMs, turnedAtMs }: Aging,
): Promise<void> {
  const id = `key-aging:${digest(tenantId, kind, keyId, cause)}`;
  const head = { id, source: 'auth', at: new Date(turnedAtMs) };
  const since = new Date(sinceMs).toISOString();
  await bus.publish(KeyAging, makeFact(KeyAging, head, { tenantId, kind, keyId, cause, since }));
}
