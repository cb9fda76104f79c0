import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bearerOf } from './bearer.ts';

describe('an Authorization header', () => {
  it('gives its token, however its scheme and its spaces are written', () => {
    const token = fc.stringMatching(/^[A-Za-z0-9._~+/-]{1,40}={0,2}$/);
    const spaces = fc.stringMatching(/^[ \t]{1,5}$/);
    fc.assert(
      fc.property(fc.constantFrom('Bearer', 'bearer', 'BEARER', 'bEaReR'), spaces, token, (scheme, space, given) => {
        expect(bearerOf(`${scheme}${space}${given}`)).toEqual({ token: given });
      }),
    );
  });
  it.each([
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'Bearer a, Bearer b',
    'Bearer "a"',
    'Bearer token=a',
    'bearer é',
    'Bearer =',
  ])('that holds no one token is said to be malformed, not taken for none: %s', (authorization) =>
    expect(bearerOf(authorization)).toBe('malformed'),
  );
  it.each([undefined, '', 'Basic eDp5', 'Bearera', 'Bearer\u00a0a', 'a.b.c'])(
    'of another scheme, or none, says nothing: %s',
    (authorization) => expect(bearerOf(authorization)).toBeUndefined(),
  );
});
