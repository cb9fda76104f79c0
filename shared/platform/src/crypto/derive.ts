import { hkdfSync, hash as sha256 } from 'node:crypto';
import { type SealKey, type SealKeys, sealKeysOf } from './seal.ts';

/** SHA-256 in base64url. */
export const digest = (...parts: readonly string[]): string => sha256('sha256', marked(parts), 'base64url');

/** The key of a visitor's withdrawal document, in hexadecimal. The visitor's id cannot be read back from it. */
export const withdrawalKey = (tenantId: string, visitorId: string): string =>
  sha256('sha256', marked(['withdrawal', tenantId, visitorId]), 'hex');

/**
 * A UUID (version 8, RFC 9562 §5.8) that is the same for the same parts, so that ids of outputs derive from ids of
 * inputs.
 */
export function derivedUuid(...parts: readonly string[]): string {
  const bytes = sha256('sha256', marked(parts), 'buffer').subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A 32-byte key for one purpose, from a master secret (HKDF-SHA-256, RFC 5869). */
export const derivedKey = (secret: SealKey, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, new Uint8Array(0), `vox:${purpose}`, 32));

/** The keys for one purpose from each of several master secrets, in their order. */
export function derivedSealKeys(secrets: SealKeys, purpose: string): SealKeys {
  const [newest, ...older] = sealKeysOf(secrets);
  return [derivedKey(newest, purpose), ...older.map((each) => derivedKey(each, purpose))];
}

/**
 * Each part is preceded by its length, so that ('ab','c') and ('a','bc') differ. All is hashed in one call: a hash
 * object costs more than the hash.
 */
function marked(parts: readonly string[]): string {
  let text = '';
  for (const part of parts) text += `${Buffer.byteLength(part)}:${part}`;
  return text;
}
