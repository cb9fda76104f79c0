import type { RevokeApiKey } from '@vox/contracts';
import type { z } from 'zod';
import { stampOf } from '../../tenants/mod.ts';
import { revokeKey } from '../decide/change.ts';
import { type ChangeRingDependencies, changeRing } from './change-ring.ts';

/** Revokes a key for ever. Answers when it was revoked first. */
export async function revokeApiKey(
  dependencies: ChangeRingDependencies,
  { tenantId, keyId, ...by }: z.infer<(typeof RevokeApiKey)['request']>,
): Promise<string> {
  const stamp = stampOf(dependencies, by);
  const { key } = await changeRing(dependencies, tenantId, (ring) => revokeKey(ring, keyId, stamp), stamp);
  return new Date(key.revokedAtMs ?? stamp.atMs).toISOString();
}
