import { createHmac, createPublicKey, type KeyObject, sign, timingSafeEqual, verify } from 'node:crypto';

/** The algorithms of RFC 9421 §3.3 that are taken. */
export const signatureAlgorithms = ['hmac-sha256', 'ed25519'] as const;
export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

/** What a request is signed with. */
export type SigningKey =
  | Readonly<{ algorithm: 'hmac-sha256'; secret: Uint8Array }>
  | Readonly<{ algorithm: 'ed25519'; privateKey: KeyObject }>;

/** What a signature is verified with. `x` is an Ed25519 public key in base64url (RFC 8037). */
export type VerifyingKey =
  | Readonly<{ algorithm: 'hmac-sha256'; secret: Uint8Array }>
  | Readonly<{ algorithm: 'ed25519'; x: string }>;

const macOf = (secret: Uint8Array, text: string): Buffer => createHmac('sha256', secret).update(text).digest();

export const signatureOf = (key: SigningKey, base: string): Buffer =>
  key.algorithm === 'hmac-sha256' ? macOf(key.secret, base) : sign(null, Buffer.from(base), key.privateKey);

export function isSignatureOf(key: VerifyingKey, base: string, given: Uint8Array): boolean {
  if (key.algorithm === 'hmac-sha256') {
    const mac = macOf(key.secret, base);
    return mac.length === given.length && timingSafeEqual(mac, given);
  }
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: key.x } });
  return verify(null, Buffer.from(base), publicKey, given);
}
