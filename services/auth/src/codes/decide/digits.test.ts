import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digitsOf, drawBytes } from './digits.ts';

const bytesOf = (drawn: number): Uint8Array => Uint8Array.of(drawn >> 16, (drawn >> 8) & 255, drawn & 255);

describe('the digits of a code', () => {
  it('come from exactly sixteen of all draws, whatever the code', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), (code) => {
        const draws = Array.from({ length: 16 }, (_, n) => digitsOf(bytesOf(code + n * 1_000_000)));
        expect(new Set(draws)).toEqual(new Set([String(code).padStart(6, '0')]));
      }),
    );
  });
  it('come from no draw that would favour some codes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16_000_000, max: 2 ** 24 - 1 }), (drawn) => {
        expect(digitsOf(bytesOf(drawn))).toBeUndefined();
      }),
    );
  });
  it('take three bytes', () => expect(drawBytes).toBe(3));
});
