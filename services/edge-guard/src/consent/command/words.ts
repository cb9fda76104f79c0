import { createHash } from 'node:crypto';
import { demandedBy, type Policy, wordsFor } from '@vox/contracts';

/** SHA-256 of a text, hexadecimal: what a page gives back as proof of which words it showed. */
export const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** What a page shows and asks before a call; empty where the tenant demands nothing. */
export const consentFor = (policy: Policy) =>
  demandedBy(policy).map((purpose) => {
    const { version, text } = wordsFor(policy, purpose);
    return { purpose, version, text, textHash: hashOf(text) };
  });
