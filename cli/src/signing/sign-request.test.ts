import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { newMachineKey } from '@vox/platform/crypto';
import { demandContentDigest, verifyMessage } from '@vox/platform/http-signature';
import { describe, expect, it } from 'vitest';
import { signRequest } from './sign-request.ts';

const keyId = '0123456789abcdeF';
const env = 'production';
const apiKey = newMachineKey({ kind: 'vk', env, keyId }, randomBytes);
const signingSecret = newMachineKey({ kind: 'vks', env, keyId }, randomBytes);
const pair = generateKeyPairSync('ed25519');
const privateKey = String(pair.privateKey.export({ format: 'pem', type: 'pkcs8' }));
const nowMs = Date.parse('2026-05-05T12:00:00.000Z');
const url = 'https://vox.example/api/v1/widget-keys?dry=1#part';
const body = '{"label":"site — ñ"}';

const credentials = [
  [
    { apiKey, signingSecret },
    { algorithm: 'hmac-sha256', secret: Buffer.from(signingSecret) },
  ],
  [
    { apiKey, privateKey },
    { algorithm: 'ed25519', x: String(pair.publicKey.export({ format: 'jwk' }).x) },
  ],
] as const;

describe.each(credentials)('the helper that signs requests', (credential, key) => {
  it('signs the method, the address, the body and the fields that are given, for a minute and one action', () => {
    const fields = { 'idempotency-key': 'one', 'content-type': 'application/json' };
    const action = 'widget-keys.create';
    const headers = signRequest({ method: 'POST', url, body, fields }, credential, { nowMs, action });
    expect(headers.authorization).toBe(`Bearer ${apiKey}`);
    demandContentDigest(headers['content-digest'] ?? '', Buffer.from(body));
    const verified = verifyMessage({
      message: { method: 'POST', targetUri: 'https://vox.example/api/v1/widget-keys?dry=1', fields: headers },
      fields: { signatureInput: headers['signature-input'] ?? '', signature: headers.signature ?? '' },
      ...{ keyId, key, nowMs },
    });
    expect(verified).toMatchObject({ tag: action, expiresAtMs: nowMs + 60_000 });
    expect(headers['signature-input']).toContain('"idempotency-key" "content-type"');
  });
});

describe('a signed request', () => {
  it('has a nonce of its own each time, and the digest of no bytes where it has no body', () => {
    const sign = () => signRequest({ method: 'DELETE', url }, { apiKey, signingSecret }, { nowMs });
    expect(sign()['signature-input']).not.toBe(sign()['signature-input']);
    demandContentDigest(sign()['content-digest'] ?? '', new Uint8Array());
  });
  it('is not made with what is no key, and the mistake shows no key', () => {
    const request = { method: 'POST', url };
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({
      format: 'pem',
      type: 'pkcs8',
    });
    const wrong = [
      ...[
        { apiKey: `${apiKey}x`, signingSecret },
        { apiKey: signingSecret, signingSecret },
      ],
      ...[
        { apiKey, signingSecret: apiKey },
        { apiKey, privateKey: String(rsa) },
      ],
    ];
    for (const credential of wrong) {
      expect(() => signRequest(request, credential)).toThrow(TypeError);
      expect(() => signRequest(request, credential)).not.toThrow(/[0-9A-Za-z]{43}/);
    }
  });
});
