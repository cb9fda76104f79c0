import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginningOf, piecesOf as inServices } from './characters.ts';

/** The widget's page cuts by the same rules; a browser loads no file of a service. */
const page: { piecesOf: typeof inServices; wholeCharacters: (text: string) => string } = await import(
  new URL('../../../widget/src/page/direct/cut.js', import.meta.url).href
);

const family = '👨‍👩‍👧‍👦';
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(family, '🇨🇭🇫🇷', 'e\u0301', '한', '\r\n', '😀'.repeat(20)),
    ),
  )
  .map((all) => all.join(''));
/** Any UTF-16 units, halves of characters among them. */
const units = fc
  .array(fc.oneof(fc.integer({ min: 0xd7f0, max: 0xe010 }), fc.nat(0xffff)))
  .map((all) => String.fromCharCode(...all));
const most = fc.integer({ min: 2, max: 40 });
const boundaries = (whole: string): Set<number> =>
  new Set([...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(whole)].map(({ index }) => index));

describe.each([
  ['in a service', inServices],
  ['in the widget’s page', page.piecesOf],
] as const)('a text that is cut by its length %s', (_where, piecesOf) => {
  it('loses nothing, fits, and is well-formed in every piece if the whole was', () => {
    fc.assert(
      fc.property(text, most, (whole, size) => {
        const pieces = piecesOf(whole, size);
        expect(pieces.join('')).toBe(whole);
        expect(pieces.every((piece) => piece.length <= size)).toBe(true);
        expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
        expect(pieces.slice(1).every((piece) => piece !== '')).toBe(true);
      }),
    );
  });
  it('is cut between two characters as a reader sees them, unless one alone is too long', () => {
    fc.assert(
      fc.property(text, most, (whole, size) => {
        let at = 0;
        for (const piece of piecesOf(whole, size)) {
          const rest = whole.slice(at);
          const fits = [...boundaries(rest)].some((index) => index > 0 && index <= size) || rest.length <= size;
          at += piece.length;
          if (fits && at < whole.length) expect(boundaries(rest)).toContain(piece.length);
        }
      }),
    );
  });
  it('keeps halves of characters where they are, and makes none of a whole one', () => {
    fc.assert(
      fc.property(units, most, (whole, size) => {
        const halves = (each: string): number => (each.match(/\p{Surrogate}/gu) ?? []).length;
        const pieces = piecesOf(whole, size);
        expect(pieces.join('')).toBe(whole);
        expect(pieces.map(halves).reduce((sum, count) => sum + count, 0)).toBe(halves(whole));
      }),
    );
  });
  it('that is empty is one empty piece', () => expect(piecesOf('', 8)).toEqual(['']));
});

describe('the beginning of a text', () => {
  it('ends before the character that does not fit', () => {
    expect(beginningOf('abc😀', 4)).toBe('abc');
    expect(beginningOf('abc😀', 5)).toBe('abc😀');
    expect(beginningOf(`a${family}b`, 8)).toBe('a');
    expect(beginningOf(family, 4).isWellFormed()).toBe(true);
    expect(() => beginningOf('abc', 1)).toThrow(RangeError);
  });
});

it('a half of a character becomes U+FFFD, and whole ones stay', () => {
  fc.assert(
    fc.property(units, (any) => {
      expect(page.wholeCharacters(any)).toBe(any.toWellFormed());
    }),
  );
});
