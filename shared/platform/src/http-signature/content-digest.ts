import { hash } from 'node:crypto';
import { type Dictionary, isInnerList, parseDictionary } from 'structured-headers';
import { signatureRefused } from './refusal.ts';

/** The algorithms of RFC 9530 §5 that are safe against an attacker. */
const algorithms: Readonly<Record<string, string>> = { 'sha-256': 'sha256', 'sha-512': 'sha512' };

/** The Content-Digest of a body (RFC 9530 §2). A request without a body has the digest of no bytes. */
export const contentDigest = (body: Uint8Array): string => `sha-256=:${hash('sha256', body, 'base64')}:`;

/**
 * Throws Fault SIGNATURE_REQUIRED unless the field fits the body: each digest of a known algorithm does, and there is
 * one. Digests of other algorithms say nothing.
 */
export function demandContentDigest(field: string, body: Uint8Array): void {
  const known = [...dictionaryOf(field)].flatMap(([name, [value]]) => {
    const algorithm = Object.hasOwn(algorithms, name) ? algorithms[name] : undefined;
    return algorithm === undefined ? [] : [{ algorithm, value }];
  });
  if (known.length === 0) throw signatureRefused('digest-unknown');
  for (const { algorithm, value } of known) {
    const given = value instanceof ArrayBuffer ? Buffer.from(value) : Buffer.alloc(0);
    if (!given.equals(hash(algorithm, body, 'buffer'))) throw signatureRefused('body-differs');
  }
}

function dictionaryOf(field: string): Dictionary {
  try {
    const read = parseDictionary(field);
    if ([...read.values()].some(isInnerList)) throw new TypeError('a list');
    return read;
  } catch (cause) {
    throw signatureRefused('digest-unknown', cause);
  }
}
