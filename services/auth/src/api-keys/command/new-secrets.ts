import { machineKeyHash, newKeyId, newMachineKey, type SealKeys, seal, unseal } from '@vox/platform/crypto';
import type { VerifyingKey } from '@vox/platform/http-signature';
import type { KeptApiKey, KeptSigning } from '../decide/ring.ts';

export type SecretsDependencies = Readonly<{
  random: (size: number) => Uint8Array;
  /** 32 bytes that signing secrets are sealed under. */
  sealKey: SealKeys;
}>;

/** A new key as its holder gets it, and as it is kept. */
export type NewSecrets = Readonly<{
  apiKey: string;
  signingSecret: string | null;
  kept: Pick<KeptApiKey, 'keyId' | 'hash' | 'signing'>;
}>;

/** What the signing secret of a key is bound to in its seal. */
export const signingContextOf = (keyId: string): string => `api-key:${keyId}`;

export function newSecrets(
  { random, sealKey }: SecretsDependencies,
  env: KeptApiKey['env'],
  publicKey: string | undefined,
): NewSecrets {
  const keyId = newKeyId(random);
  const apiKey = newMachineKey({ kind: 'vk', env, keyId }, random);
  const hash = machineKeyHash(apiKey);
  if (publicKey !== undefined)
    return { apiKey, signingSecret: null, kept: { keyId, hash, signing: { method: 'ed25519', x: publicKey } } };
  const signingSecret = newMachineKey({ kind: 'vks', env, keyId }, random);
  const sealed = seal(sealKey, signingContextOf(keyId), signingSecret, random);
  return { apiKey, signingSecret, kept: { keyId, hash, signing: { method: 'hmac-sha256', sealed } } };
}

/** What signatures of a key are verified with, or `undefined` where its secret was sealed under another key. */
export function verifyingKeyOf(sealKey: SealKeys, keyId: string, signing: KeptSigning): VerifyingKey | undefined {
  if (signing.method === 'ed25519') return { algorithm: signing.method, x: signing.x };
  const secret = unseal(sealKey, signingContextOf(keyId), signing.sealed);
  return secret === undefined ? undefined : { algorithm: signing.method, secret: Buffer.from(secret) };
}
