import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();
const base64url = (data: Uint8Array): string => Buffer.from(data).toString('base64url');

/** What a browser or an authenticator that is not honest does otherwise. */
export type Lies = Readonly<{
  origin?: string;
  rpId?: string;
  challenge?: string;
  type?: string;
  counter?: number;
  /** Nobody has touched it, or proved to it who they are. */
  flags?: number;
  credentialId?: string;
}>;

const present = 0x01;
const verified = 0x04;
const attested = 0x40;

/** An authenticator in software: one ES256 key (P-256), no attestation. */
export function authenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(16);
  let counter = 0;

  const clientData = (type: string, challenge: string, lies: Lies): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: lies.type ?? type,
        challenge: lies.challenge ?? challenge,
        origin: lies.origin ?? origin,
        crossOrigin: false,
      }),
    );
  function authData(flags: number, lies: Lies, rest: Uint8Array = new Uint8Array()): Buffer {
    const head = Buffer.alloc(5);
    head.writeUInt8(lies.flags ?? flags, 0);
    head.writeUInt32BE(lies.counter ?? counter, 1);
    return Buffer.concat([sha256(lies.rpId ?? new URL(origin).hostname), head, rest]);
  }
  function coseKey(): Uint8Array {
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const key = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]);
    return isoCBOR.encode(key as never);
  }

  return {
    id: base64url(id),
    /** Answers `navigator.credentials.create`, in JSON. */
    create({ challenge }: Readonly<{ challenge: string }>, lies: Lies = {}) {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const credential = Buffer.concat([Buffer.alloc(16), length, id, coseKey()]);
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(authData(present | verified | attested, lies, credential))],
      ]);
      return {
        ...{ id: base64url(id), rawId: base64url(id), type: 'public-key' as const, clientExtensionResults: {} },
        authenticatorAttachment: undefined,
        response: {
          clientDataJSON: base64url(clientData('webauthn.create', challenge, lies)),
          attestationObject: base64url(isoCBOR.encode(attestation as never)),
          transports: ['internal'],
        },
      };
    },
    /** Answers `navigator.credentials.get`, in JSON. The counter grows by one. */
    get({ challenge }: Readonly<{ challenge: string }>, lies: Lies = {}) {
      counter += 1;
      const data = clientData('webauthn.get', challenge, lies);
      const signed = authData(present | verified, lies);
      const signature = createSign('sha256').update(signed).update(sha256(data)).sign(privateKey);
      const shownId = lies.credentialId ?? base64url(id);
      return {
        ...{ id: shownId, rawId: shownId, type: 'public-key' as const, clientExtensionResults: {} },
        authenticatorAttachment: undefined,
        response: {
          clientDataJSON: base64url(data),
          authenticatorData: base64url(signed),
          signature: base64url(signature),
          userHandle: undefined,
        },
      };
    },
  };
}
