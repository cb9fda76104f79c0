import type { Parameters } from 'structured-headers';
import { readSignature } from './read-signature.ts';
import { signatureRefused } from './refusal.ts';
import type { SignatureFields } from './sign-message.ts';
import { type SignedMessage, signatureBase } from './signature-base.ts';
import { isSignatureOf, type VerifyingKey } from './signature-key.ts';

/** A clock may be ahead of ours by so much. */
const skewSeconds = 60;
const longestLifeSeconds = 300;
const nonceForm = /^[A-Za-z0-9._~+/=-]{16,128}$/;

/** What each signature covers: the method, the target in one component or in three, and the body by its digest. */
const always = ['@method', 'content-digest'];
const targets = [['@target-uri'], ['@authority', '@path', '@query']];

/** A signature that proved good. Its nonce is still to be spent, and to be remembered until it expires. */
export type VerifiedSignature = Readonly<{ nonce: string; expiresAtMs: number; tag: string | undefined }>;

export type SignatureToVerify = Readonly<{
  message: SignedMessage;
  fields: SignatureFields;
  keyId: string;
  key: VerifyingKey;
  nowMs: number;
}>;

/**
 * Verifies the signature of a request under the rules of VOX: what it must cover, who signed, for how long it is good.
 * Throws Fault SIGNATURE_REQUIRED with a SignatureReason. That the body fits Content-Digest is another question
 * (`demandContentDigest`), and so is whether the nonce was spent.
 */
export function verifyMessage({ message, fields, keyId, key, nowMs }: SignatureToVerify): VerifiedSignature {
  const { components, parameters, signature } = readSignature(fields);
  const covers = (name: string): boolean => components.includes(name);
  if (!always.every(covers) || !targets.some((target) => target.every(covers)))
    throw signatureRefused('component-missing');
  if (parameters.get('keyid') !== keyId) throw signatureRefused('key-unknown');
  // A signature that names no algorithm is one of the key's: the key decides, never the message (RFC 9421 §3.2).
  if (parameters.has('alg') && parameters.get('alg') !== key.algorithm) throw signatureRefused('algorithm-unknown');
  const life = lifeOf(parameters, Math.floor(nowMs / 1_000));
  const nonce = parameters.get('nonce');
  if (typeof nonce !== 'string' || !nonceForm.test(nonce)) throw signatureRefused('nonce-missing');
  const tag = parameters.get('tag');
  if (tag !== undefined && typeof tag !== 'string') throw signatureRefused('signature-malformed');
  const base = signatureBase(message, { components, parameters });
  if (base === undefined) throw signatureRefused('component-unknown');
  if (!isSignatureOf(key, base, signature)) throw signatureRefused('signature-wrong');
  return { nonce, tag, ...life };
}

/** From when to when a signature is good. A client whose clock is behind loses of its life what it is behind. */
function lifeOf(parameters: Parameters, nowSeconds: number): Pick<VerifiedSignature, 'expiresAtMs'> {
  const created = secondsOf(parameters, 'created');
  const expires = secondsOf(parameters, 'expires');
  if (created > nowSeconds + skewSeconds) throw signatureRefused('created-ahead');
  if (expires <= created || expires - created > longestLifeSeconds) throw signatureRefused('life-too-long');
  if (expires <= nowSeconds) throw signatureRefused('expired');
  return { expiresAtMs: expires * 1_000 };
}

function secondsOf(parameters: Parameters, name: string): number {
  const value = parameters.get(name);
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw signatureRefused('signature-malformed');
  return value;
}
