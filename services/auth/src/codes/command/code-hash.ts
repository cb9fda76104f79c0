import { createHmac, timingSafeEqual } from 'node:crypto';
import { digest } from '@vox/platform/crypto';
import type { HashKeys } from '@vox/platform/hash-keys';
import type { CodePurpose, KeptCode } from '../decide/address-codes.ts';

/**
 * A code has a million values, so a hash of it alone hides nothing. HMAC-SHA-256 under a pepper that is in no store,
 * with the salt and the id of the code, tells whoever reads the store nothing.
 */
export const codeHash = (
  pepper: Uint8Array,
  { codeId, salt }: Pick<KeptCode, 'codeId' | 'salt'>,
  code: string,
): string => createHmac('sha256', pepper).update(`${codeId}.${salt}.${code}`).digest('base64url');

/** Whether a code is the one that was kept, under the pepper of now or the one before. All are always tried. */
export function isCode(peppers: readonly Uint8Array[], kept: KeptCode, code: string): boolean {
  const wanted = Buffer.from(kept.hash, 'base64url');
  const found = peppers.map((pepper) => {
    const given = Buffer.from(codeHash(pepper, kept, code), 'base64url');
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  });
  return found.includes(true);
}

/** The token has 256 random bits: its bare hash is enough. */
export const challengeHash = (token: string): string => digest('code-challenge', token);

/** Under what the codes of an address stand. Without the key nobody finds an address by trying. */
export const codesKey = (hashKeys: HashKeys<'code-addresses'>, address: string, purpose: CodePurpose): string =>
  createHmac('sha256', hashKeys['code-addresses']).update(`${purpose}.${address}`).digest('base64url');
