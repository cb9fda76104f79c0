import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cookieNames, cookieOf, cookieText } from './cookies.ts';

describe('a cookie', () => {
  it('is read by its exact name, whatever stands beside it', () => {
    expect(cookieOf('theme=dark; s=a.b-c_1; t=x', 's')).toBe('a.b-c_1');
    for (const header of [
      undefined,
      '',
      's',
      's=',
      'xs=a',
      's =a b',
      'S=a',
      's="a"',
      's=a,b',
      `s=${'a'.repeat(4_097)}`,
    ])
      expect(cookieOf(header, 's')).toBeUndefined();
  });
  it('that stands there several times is nobody’s: a neighbouring host may have set one of them', () => {
    expect(cookieOf('s=a; s=b', 's')).toBeUndefined();
    expect(cookieOf('s=a;s=a', 's')).toBeUndefined();
  });
  it('never throws, and never reads anything but a value of ours', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (header) => {
        const value = cookieOf(`${header};s=ok`, 's');
        expect(value === undefined || value === 'ok').toBe(true);
      }),
    );
  });
  it('is for this host alone, over https, out of reach of scripts, and not sent with what other sites post', () => {
    expect(cookieText('__Host-s', 'v', 60.9)).toBe('__Host-s=v; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax');
    expect(cookieText('s', '', -5)).toContain('Max-Age=0;');
  });
  it('takes the prefix of the login cookie', () => {
    expect(cookieNames('__Host-tenant_session').device).toBe('__Host-tenant_device');
    expect(cookieNames('tenant_session').challenge).toBe('tenant_challenge');
  });
});
