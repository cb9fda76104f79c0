import { createCipheriv, createDecipheriv, createSecretKey, KeyObject } from 'node:crypto';
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

/** One key, or several while they are rotated, the newest first: the first one seals, and each of them opens. */
export type SealKeys = SealKey | readonly [SealKey, ...SealKey[]];
export const sealKeysOf = (keys: SealKeys): readonly [SealKey, ...SealKey[]] =>
  keys instanceof Uint8Array || keys instanceof KeyObject ? [keys] : keys;

/** The key of now, and with it another while they are rotated. */
export const sealKeysFrom = (newest: SealKey, previous?: SealKey): SealKeys =>
  previous === undefined ? newest : [newest, previous];

/** The same keys, imported. */
export function readySealKeys(keys: SealKeys): SealKeys {
  const [newest, ...older] = sealKeysOf(keys).map((key) => (key instanceof KeyObject ? key : createSecretKey(key)));
  return [newest as SealKey, ...older];
}

/**
 * Encrypts a text under the newest of 32-byte keys, bound to a context (AES-256-GCM, NIST SP 800-38D, 96-bit random
 * nonce). Returns base64url of nonce, tag and ciphertext. `random` is an argument so that tests repeat.
 */
export function seal(
  keys: SealKeys,
  context: string,
  text: string,
  random: (size: number) => Uint8Array = nonces,
): string {
  const [key] = sealKeysOf(keys);
  const nonce = random(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** The sealed text, or `undefined` when no key opens it, or the context or the bytes are others. */
export function unseal(keys: SealKeys, context: string, sealed: string): string | undefined {
  for (const key of sealKeysOf(keys)) {
    const text = unsealUnder(key, context, sealed);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The same text under the newest key; `undefined` when it stands under it already, or does not open. */
export function resealed(keys: SealKeys, context: string, sealed: string): string | undefined {
  const [newest] = sealKeysOf(keys);
  if (unsealUnder(newest, context, sealed) !== undefined) return undefined;
  const text = unseal(keys, context, sealed);
  return text === undefined ? undefined : seal(newest, context, text);
}

function unsealUnder(key: SealKey, context: string, sealed: string): string | undefined {
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
