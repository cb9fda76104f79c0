import { generateKeyPairSync } from 'node:crypto';
import { contentDigest } from './content-digest.ts';
import { type SignatureParameters, signMessage } from './sign-message.ts';
import type { SignedMessage } from './signature-base.ts';
import type { SigningKey, VerifyingKey } from './signature-key.ts';
import { verifyMessage } from './verify-message.ts';

export const nowSeconds = 1_780_000_000;
export const keyId = '0123456789abcdef';
export const body = Buffer.from('{"label":"site"}');
export const message: SignedMessage = {
  method: 'POST',
  targetUri: 'https://vox.example/api/v1/widget-keys?dry=1',
  fields: { 'content-digest': contentDigest(body), 'content-type': 'application/json' },
};
export const components = ['@method', '@target-uri', 'content-digest'];
export const parameters: SignatureParameters = {
  ...{ created: nowSeconds, expires: nowSeconds + 60 },
  ...{ nonce: 'a-nonce-of-one-request', keyid: keyId },
};

const secret = Buffer.from('vks_production_0123456789abcdef_signing');
const pair = generateKeyPairSync('ed25519');
export const keys: readonly Readonly<{ signing: SigningKey; verifying: VerifyingKey }>[] = [
  { signing: { algorithm: 'hmac-sha256', secret }, verifying: { algorithm: 'hmac-sha256', secret } },
  {
    signing: { algorithm: 'ed25519', privateKey: pair.privateKey },
    verifying: { algorithm: 'ed25519', x: String(pair.publicKey.export({ format: 'jwk' }).x) },
  },
];

type Signing = Readonly<{ over?: SignatureParameters; covered?: readonly string[]; of?: SignedMessage; key?: 0 | 1 }>;

/** A request signed as a client does, but for what is given. */
export const signed = ({ over = {}, covered = components, of = message, key = 0 }: Signing = {}) =>
  signMessage(of, { components: covered, parameters: { ...parameters, ...over } }, keys[key]?.signing as SigningKey);

type Verifying = Readonly<{ of?: SignedMessage; key?: 0 | 1; at?: number; as?: string }>;

export const verify = (
  fields: Readonly<{ signatureInput: string; signature: string }>,
  { of = message, key = 0, at = nowSeconds, as = keyId }: Verifying = {},
) =>
  verifyMessage({
    ...{ message: of, fields, keyId: as, nowMs: at * 1_000 },
    key: keys[key]?.verifying as VerifyingKey,
  });
