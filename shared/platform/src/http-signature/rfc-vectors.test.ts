import { createPrivateKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contentDigest, demandContentDigest } from './content-digest.ts';
import { readSignature } from './read-signature.ts';
import { signMessage } from './sign-message.ts';
import { type SignedMessage, signatureBase } from './signature-base.ts';
import { isSignatureOf } from './signature-key.ts';

/** RFC 9421 appendix B.2, `test-request`. */
const request: SignedMessage = {
  method: 'POST',
  targetUri: 'https://example.com/foo?param=Value&Pet=dog',
  fields: {
    date: 'Tue, 20 Apr 2021 02:07:55 GMT',
    'content-type': 'application/json',
    'content-digest':
      'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:',
    'content-length': '18',
  },
};
const body = Buffer.from('{"hello": "world"}');
const created = 1_618_884_473;
/** Appendix B.1.5 and B.1.4. */
const secret = Buffer.from(
  'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==',
  'base64',
);
const x = 'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs';
const privateKey = createPrivateKey({
  format: 'jwk',
  key: { kty: 'OKP', crv: 'Ed25519', x, d: 'n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU' },
});

const b25 = {
  signatureInput: 'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
  signature: 'sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:',
};
const b26 = {
  signatureInput:
    'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length")' +
    ';created=1618884473;keyid="test-key-ed25519"',
  signature: 'sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:',
};

const baseOf = (fields: typeof b25): string => signatureBase(request, readSignature(fields)) ?? '';

describe('the test vectors of RFC 9421', () => {
  it('of appendix B.2.5 give its signature base and its HMAC, byte for byte', () => {
    expect(baseOf(b25).split('\n')).toEqual([
      '"date": Tue, 20 Apr 2021 02:07:55 GMT',
      '"@authority": example.com',
      '"content-type": application/json',
      '"@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
    ]);
    const components = ['date', '@authority', 'content-type'];
    const parameters = { created, keyid: 'test-shared-secret' };
    const key = { algorithm: 'hmac-sha256', secret } as const;
    expect(signMessage(request, { label: 'sig-b25', components, parameters }, key)).toEqual(b25);
    expect(isSignatureOf(key, baseOf(b25), readSignature(b25).signature)).toBe(true);
  });
  it('of appendix B.2.6 give its signature base and its Ed25519 signature, byte for byte', () => {
    expect(baseOf(b26).split('\n').slice(0, -1)).toEqual([
      '"date": Tue, 20 Apr 2021 02:07:55 GMT',
      '"@method": POST',
      '"@path": /foo',
      '"@authority": example.com',
      '"content-type": application/json',
      '"content-length": 18',
    ]);
    const components = ['date', '@method', '@path', '@authority', 'content-type', 'content-length'];
    const parameters = { created, keyid: 'test-key-ed25519' };
    const fields = signMessage(
      request,
      { label: 'sig-b26', components, parameters },
      { algorithm: 'ed25519', privateKey },
    );
    expect(fields).toEqual(b26);
    expect(isSignatureOf({ algorithm: 'ed25519', x }, baseOf(b26), readSignature(b26).signature)).toBe(true);
  });
  it('derive each component as section 2.2 writes it', () => {
    const components = ['@method', '@target-uri', '@authority', '@scheme', '@path', '@query'];
    const of = (targetUri: string) =>
      signatureBase({ ...request, targetUri }, { components, parameters: new Map() })
        ?.split('\n')
        .slice(1, -1);
    expect(of('https://www.EXAMPLE.com:443/path?param=value')).toEqual([
      '"@target-uri": https://www.EXAMPLE.com:443/path?param=value',
      '"@authority": www.example.com',
      '"@scheme": https',
      '"@path": /path',
      '"@query": ?param=value',
    ]);
    expect(of('http://example.com')?.slice(1)).toEqual([
      '"@authority": example.com',
      '"@scheme": http',
      '"@path": /',
      '"@query": ?',
    ]);
  });
});

describe('a Content-Digest', () => {
  it('of RFC 9530 appendix B and of RFC 9421 appendix B.2 fits its body', () => {
    expect(contentDigest(Buffer.from('{"hello": "world"}\n'))).toBe(
      'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:',
    );
    expect(contentDigest(new Uint8Array())).toBe('sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:');
    expect(() => demandContentDigest(request.fields['content-digest'] ?? '', body)).not.toThrow();
  });
  it.each([
    ['of another body', contentDigest(Buffer.from('{"hello": "World"}')), 'body-differs'],
    ['with one right and one wrong digest', `${contentDigest(body)}, sha-512=:AAAA:`, 'body-differs'],
    ['that is no byte sequence', 'sha-256="text"', 'body-differs'],
    ['of an algorithm that is broken alone', 'md5=:Sd/dVLAcvNLSq16eXua5uQ==:', 'digest-unknown'],
    ['named like a property of every object', 'constructor=:AAAA:', 'digest-unknown'],
    ['that is empty', '', 'digest-unknown'],
    ['that is no dictionary', '(((', 'digest-unknown'],
    ['that is a list', 'sha-256=(:AAAA:)', 'digest-unknown'],
  ])('%s is refused', (_what, field, reason) => {
    expect(() => demandContentDigest(field, body)).toThrow(
      expect.objectContaining({ code: 'SIGNATURE_REQUIRED', answer: expect.objectContaining({ reason }) }),
    );
  });
});
