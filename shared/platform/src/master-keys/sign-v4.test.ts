import { describe, expect, it } from 'vitest';
import { signV4 } from './sign-v4.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const sessionToken =
  'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==';
const scope = { region: 'us-east-1', service: 'service' };
const at = new Date('2015-08-30T12:36:00Z');
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** Cases of the test suite that AWS publishes for Signature Version 4: what is sent, and the signature of it. */
const vectors = [
  ['get-vanilla', 'GET', {}, '', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
  ['post-vanilla', 'POST', {}, '', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
  [
    ...['post-x-www-form-urlencoded', 'POST', form, 'Param1=value1'],
    'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  ],
  [
    ...['get-header-value-trim', 'GET', { 'My-Header1': ' value1', 'My-Header2': ' "a   b   c"' }, ''],
    'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
  ],
  [
    ...['get-header-value-multiline', 'GET', { 'My-Header1': 'value1,value2,value3' }, ''],
    'ba17b383a53190154eb5fa66a1b836cc297cc0a3d70a5d00705980573d8ff790',
  ],
] as unknown as readonly [string, 'GET' | 'POST', Record<string, string>, string, string][];

describe('a request to AWS', () => {
  it.each(vectors)(
    'of the published case %s has its published signature',
    (_name, method, headers, body, signature) => {
      const wanted = { method, host: 'example.amazonaws.com', headers, body };
      const signed = signV4(wanted, scope, credentials, at);
      expect(signed.authorization?.split('Signature=')[1]).toBe(signature);
      expect(signed['x-amz-date']).toBe('20150830T123600Z');
    },
  );
  it('of the published case post-sts-header-before sends and signs the session token', () => {
    const wanted = { method: 'POST', host: 'example.amazonaws.com', headers: {}, body: '' } as const;
    const signed = signV4(wanted, scope, { ...credentials, sessionToken }, at);
    expect(signed.authorization).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead',
    );
    expect(signed['x-amz-security-token']).toBe(sessionToken);
  });
});
