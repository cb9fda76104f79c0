import type { CreateApiKey, Role } from '@vox/contracts';
import type { z } from 'zod';
import { stampOf } from '../../tenants/mod.ts';
import { addKey } from '../decide/change.ts';
import { type KeptApiKey, shownKey } from '../decide/ring.ts';
import { type ChangeRingDependencies, changeRing } from './change-ring.ts';
import { newSecrets, type SecretsDependencies } from './new-secrets.ts';

export type NewApiKeyDependencies = ChangeRingDependencies & SecretsDependencies;

/** Creates a key, as a member of this role where a member asks. Answers its secrets, which nothing shows again. */
export async function createApiKey(
  dependencies: NewApiKeyDependencies,
  { tenantId, label, env, scopes, networks, expiresAt, publicKey, ...by }: z.infer<(typeof CreateApiKey)['request']>,
  role?: Role,
): Promise<z.input<(typeof CreateApiKey)['reply']>> {
  const stamp = stampOf(dependencies, by);
  const { apiKey, signingSecret, kept } = newSecrets(dependencies, env, publicKey);
  const key: KeptApiKey = {
    ...{ ...kept, label, env, networks, scopes: [...new Set(scopes)] },
    ...{ createdAtMs: stamp.atMs, expiresAtMs: expiresAt === undefined ? null : Date.parse(expiresAt) },
    ...{ revokedAtMs: null, lastUsedAtMs: null, successor: null },
  };
  await changeRing(dependencies, tenantId, (ring) => addKey(ring, key, { ...stamp, role }), stamp);
  return { key: shownKey(key), apiKey, signingSecret };
}
