import { createHash } from 'node:crypto';
import { consentWords, type Policy, requiredConsents } from '@vox/contracts';

/** SHA-256 of a text, hexadecimal: what a page gives back as proof of which words it showed. */
export const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** What a page shows and asks before a call; empty where the tenant demands nothing. */
export const consentFor = (policy: Policy) =>
  requiredConsents(policy).map((purpose) => {
    const { version, text } = consentWords(policy, purpose);
    return { purpose, version, text, textHash: hashOf(text) };
  });
