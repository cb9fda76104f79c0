import { base64urlOf, bytesOf } from '../receipt.js';
import { inForm } from './in-form.js';

/** @typedef {import('../audit-forms.js').AuditForms} AuditForms */
/** @typedef {Readonly<{kid: string, x: string}>} PublicKey */
/** @typedef {'checkpoint' | 'anchor' | 'page'} SignedKind */
/** @typedef {(kind: SignedKind, receipt: string) => Promise<any>} ReadReceipt */

const encoder = new TextEncoder();

/** A digest of parts in their order (SHA-256, base64url). @param {readonly string[]} parts */
export async function digest(...parts) {
  const text = parts.map((part) => `${encoder.encode(part).length}:${part}`).join('');
  return base64urlOf(new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text))));
}

/** @param {string} part of a compact JWS */
const jsonOf = (part) => JSON.parse(new TextDecoder().decode(bytesOf(part)));

/** @param {PublicKey} key as RFC 8037 writes it */
const imported = ({ x }) =>
  crypto.subtle.importKey('jwk', { kty: 'OKP', crv: 'Ed25519', x }, 'Ed25519', false, ['verify']);

/**
 * The content of a compact JWS with Ed25519 (RFC 7515, RFC 8037) that is a receipt of ours, or `undefined`.
 * @param {string} receipt @param {(kid: unknown) => Promise<CryptoKey> | undefined} find
 */
async function proven(receipt, find) {
  const [head = '', body = '', signature = '', ...more] = receipt.split('.');
  const { alg, typ, kid, crit } = jsonOf(head);
  const key = find(kid);
  if (key === undefined || more.length > 0 || crit !== undefined || alg !== 'EdDSA' || typ !== 'vox-receipt+jws')
    return;
  const bytes = bytesOf(signature);
  // The last bits of a signature's last letter are unused: another letter would prove the same in another text.
  if (base64urlOf(bytes) !== signature) return;
  const isSigned = await crypto.subtle.verify('Ed25519', await key, bytes, encoder.encode(`${head}.${body}`));
  return isSigned ? jsonOf(body) : undefined;
}

/**
 * Reads the receipts of an export under a set of public keys: what each says, or `undefined` when nobody of ours signed
 * it, or something else.
 * @param {readonly PublicKey[]} keys @param {AuditForms} forms @returns {ReadReceipt}
 */
export function receiptReader(keys, forms) {
  /** @type {Map<unknown, Promise<CryptoKey>>} */
  const ready = new Map();
  const find = (/** @type {unknown} */ kid) => {
    const key = keys.findLast((each) => each.kid === kid);
    if (key !== undefined && !ready.has(kid)) ready.set(kid, imported(key));
    return ready.get(kid);
  };
  return async (kind, receipt) => {
    const content = await proven(receipt, find).catch(() => undefined);
    if (content?.kind !== `audit-${kind}`) return undefined;
    return inForm(kind === 'page' ? forms.page : forms.place, content.says);
  };
}
