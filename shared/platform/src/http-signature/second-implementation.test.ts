import { createHmac, timingSafeEqual } from 'node:crypto';
import { createSignature, verifySignature } from 'http-message-sig';
import { describe, expect, it } from 'vitest';
import { isSignatureOf, signatureOf } from './signature-key.ts';
import { components, keyId, keys, message, nowSeconds, parameters, signed, verify } from './signed.fixture.ts';

/** The same request in the other implementation's words. */
const theirs = {
  kind: 'request' as const,
  method: message.method,
  targetUri: message.targetUri,
  fields: Object.entries(message.fields).map(([name, value = '']) => ({ name, value })),
};
const both = components.concat('@authority', '@path', '@query', '@scheme', 'content-type');

describe.each(keys.map((key, index) => [key.signing.algorithm, index as 0 | 1] as const))(
  'the other implementation of RFC 9421 (http-message-sig), with %s',
  (algorithm, index) => {
    const key = keys[index];
    if (key === undefined) throw new RangeError('no such key');
    it('makes signatures that are accepted here', async () => {
      const signer = {
        algorithm,
        sign: (data: Uint8Array) => new Uint8Array(signatureOf(key.signing, Buffer.from(data).toString('latin1'))),
      };
      const fields = await createSignature(theirs, { label: 'vox', components: both, parameters, signer });
      expect(verify(fields, { key: index })).toMatchObject({ nonce: parameters.nonce });
    });
    it('accepts the signatures that are made here, and not for another target', async () => {
      const { signature, signatureInput } = signed({ covered: both, key: index });
      const verifier = {
        algorithm,
        verify: (data: Uint8Array, given: Uint8Array) =>
          key.verifying.algorithm === 'hmac-sha256'
            ? timingSafeEqual(createHmac('sha256', key.verifying.secret).update(data).digest(), given)
            : isSignatureOf(key.verifying, Buffer.from(data).toString('latin1'), given),
      };
      const sent = [...theirs.fields, { name: 'signature', value: signature }];
      const fields = [...sent, { name: 'signature-input', value: signatureInput }];
      const policy = { algorithms: [algorithm], requiredComponents: components, requiredParameters: ['nonce'] };
      const options = { policy: { ...policy, now: nowSeconds }, resolveVerifier: () => verifier };
      const verified = await verifySignature({ ...theirs, fields }, options);
      expect(verified.parameters).toMatchObject({ keyid: keyId, nonce: parameters.nonce });
      const elsewhere = { ...theirs, fields, targetUri: 'https://vox.example/api/v1/api-keys?dry=1' };
      await expect(verifySignature(elsewhere, options)).rejects.toThrow();
    });
  },
);
