import type { Role, RotateApiKey } from '@vox/contracts';
import type { z } from 'zod';
import { stampOf } from '../../tenants/mod.ts';
import { rotateKey } from '../decide/change.ts';
import { type ApiKeyRing, type KeptApiKey, shownKey } from '../decide/ring.ts';
import type { ApiKeyRings } from '../keep/api-key-rings.ts';
import { changeRing } from './change-ring.ts';
import type { NewApiKeyDependencies } from './create-api-key.ts';
import { newSecrets } from './new-secrets.ts';

export type RotateApiKeyDependencies = NewApiKeyDependencies & Readonly<{ apiKeyRings: Pick<ApiKeyRings, 'read'> }>;

const keyIn = (ring: ApiKeyRing | undefined, keyId: string): KeptApiKey | undefined =>
  ring?.keys.find((each) => each.keyId === keyId);

/** Gives a key a successor. Answers the successor's secrets, and when the old key dies. */
export async function rotateApiKey(
  dependencies: RotateApiKeyDependencies,
  { tenantId, keyId, graceSeconds, expiresAt, publicKey, ...by }: z.infer<(typeof RotateApiKey)['request']>,
  role?: Role,
): Promise<z.input<(typeof RotateApiKey)['reply']>> {
  const env = keyIn(await dependencies.apiKeyRings.read(tenantId), keyId)?.env ?? 'dev';
  const stamp = stampOf(dependencies, by);
  const { apiKey, signingSecret, kept } = newSecrets(dependencies, env, publicKey);
  const half = {
    ...kept,
    createdAtMs: stamp.atMs,
    expiresAtMs: expiresAt === undefined ? null : Date.parse(expiresAt),
  };
  const rotation = { keyId, graceEndsAtMs: stamp.atMs + graceSeconds * 1_000, half };
  const { key, ring } = await changeRing(
    dependencies,
    tenantId,
    (known) => rotateKey(known, rotation, { ...stamp, role }),
    stamp,
  );
  const endsAtMs = keyIn(ring, keyId)?.expiresAtMs ?? rotation.graceEndsAtMs;
  return { key: shownKey(key), apiKey, signingSecret, graceEndsAt: new Date(endsAtMs).toISOString() };
}
