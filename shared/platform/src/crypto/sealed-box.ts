import { createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, type KeyObject } from 'node:crypto';
import { seal, unseal } from './seal.ts';

/** What reads boxes: a key pair for one question. `publicKey` is the raw key of 32 bytes in base64url. */
export type BoxKey = Readonly<{
  publicKey: string;
  /** The text of a box that was sealed to this key for this context, or `undefined` for any other. */
  open: (context: string, box: string) => string | undefined;
}>;

const rawBytes = 32;
const keyBytes = 32;

const rawOf = (key: KeyObject): string => key.export({ format: 'jwk' }).x ?? '';

/** A public key of X25519 (RFC 7748) from its 32 bytes, or `undefined` for another text. */
function publicKeyOf(x: string): KeyObject | undefined {
  if (Buffer.from(x, 'base64url').length !== rawBytes) return undefined;
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/**
 * The key of one box: HKDF-SHA-256 (RFC 5869) of what both sides share, bound to both public keys as HPKE does (RFC
 * 9180 §4.1). A point of small order gives no key: everybody would know what is shared.
 */
function boxKeyOf(own: KeyObject, theirs: string, salt: string): Buffer | undefined {
  const publicKey = publicKeyOf(theirs);
  if (publicKey === undefined) return undefined;
  try {
    const shared = diffieHellman({ privateKey: own, publicKey });
    return Buffer.from(hkdfSync('sha256', shared, Buffer.from(salt), 'vox:sealed-box', keyBytes));
  } catch {
    return undefined;
  }
}

/** A fresh key pair. Once nobody holds it any more, nothing opens what was sealed to it. */
export function newBoxKey(): BoxKey {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const own = rawOf(publicKey);
  return {
    publicKey: own,
    open(context, box) {
      const [theirs = '', sealed = ''] = box.split('.');
      const key = boxKeyOf(privateKey, theirs, `${theirs}.${own}`);
      return key && unseal(key, context, sealed);
    },
  };
}

/**
 * Seals a text so that the holder of a public key alone reads it, for one context (X25519 with an ephemeral key,
 * HKDF-SHA-256, AES-256-GCM). Answers `<ephemeral public key>.<sealed>`, or `undefined` for what is no such key.
 */
export function sealTo(publicKey: string, context: string, text: string): string | undefined {
  const ephemeral = generateKeyPairSync('x25519');
  const own = rawOf(ephemeral.publicKey);
  const key = boxKeyOf(ephemeral.privateKey, publicKey, `${own}.${publicKey}`);
  return key && `${own}.${seal(key, context, text)}`;
}
