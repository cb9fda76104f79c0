import { createHmac } from 'node:crypto';
import type { HashKeys } from '@vox/platform/hash-keys';
import type { FactorOwner } from './change-factors.ts';

/** Without the letters that look like digits (Crockford). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const recoveryCodesMade = 10;
/** 24 signs of five bits: 120 bits need no slow hash (NIST SP 800-63B §5.1.2.2). */
const codeLength = 24;

/** New codes as a person writes them down, such as `7Q2M-…`, six groups of four. */
export const newRecoveryCodes = (random: (size: number) => Uint8Array): string[] =>
  Array.from({ length: recoveryCodesMade }, () => {
    const signs = [...random(codeLength)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');
    return signs.match(/.{4}/g)?.join('-') ?? signs;
  });

/** A code as it was typed: without blanks and hyphens, and with the digits that were meant. */
const plainCode = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');

/** The hash that is kept of a code: keyed, and of this member alone. */
export const recoveryHash = (
  hashKeys: HashKeys<'recovery-codes'>,
  { tenantId, memberId }: FactorOwner,
  typed: string,
): string =>
  createHmac('sha256', hashKeys['recovery-codes'])
    .update(`${tenantId}.${memberId}.${plainCode(typed)}`)
    .digest('base64url');
