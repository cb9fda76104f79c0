import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { pooledRandom } from './pooled-random.ts';

const nonceBytes = 12;
const tagBytes = 16;
const nonces = pooledRandom();

/**
 * An imported key. When many texts are sealed under one key, importing it each time would take three quarters of the
 * time.
 */
export type SealKey = Uint8Array | KeyObject;
export const readySealKey = (key: Uint8Array): SealKey => createSecretKey(key);

/**
 * Encrypts a text under a 32-byte key, bound to a context (AES-256-GCM, NIST SP 800-38D, 96-bit random nonce). Returns
 * base64url of nonce, tag and ciphertext. `random` is an argument so that tests repeat.
 */
export function seal(
  key: SealKey,
  context: string,
  text: string,
  random: (size: number) => Uint8Array = nonces,
): string {
  const nonce = random(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** The sealed text, or `undefined` when the key, the context or the bytes do not match. */
export function unseal(key: SealKey, context: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < nonceBytes + tagBytes) return undefined;
  const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    return Buffer.concat([cipher.update(bytes.subarray(nonceBytes + tagBytes)), cipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
