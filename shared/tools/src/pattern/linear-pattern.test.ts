import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearPattern } from './linear-pattern.ts';

function taken(source: string) {
  const pattern = linearPattern(source);
  if (pattern.kind === 'refused') throw new Error(`${source} ${pattern.why}`);
  let steps = 0;
  const finds = (text: string) => pattern.test(text, (more) => void (steps += more));
  return { finds, steps: () => steps };
}

/** Patterns of a few parts, some of which take `RegExp` a time without end on longer texts. */
const { pattern } = fc.letrec<{ pattern: string; row: string; part: string; one: string }>((tie) => ({
  pattern: fc.oneof(
    { weight: 3, arbitrary: tie('row') },
    fc.tuple(tie('row'), tie('row')).map(([one, other]) => `${one}|${other}`),
  ),
  row: fc.array(tie('part'), { maxLength: 3 }).map((parts) => parts.join('')),
  part: fc.oneof(
    fc.constantFrom('^', '$', '\\b', '\\B'),
    fc
      .tuple(tie('one'), fc.constantFrom('', '', '*', '+', '?', '{2}', '{0,2}', '{1,}', '*?', '{0}'))
      .map(([one, often]) => `${one}${often}`),
  ),
  one: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'group' },
    fc.constantFrom(
      'a',
      'b',
      '.',
      '[^a]',
      '[a\\]]',
      '\\d',
      '\\w',
      '\\u{1F600}',
      '\\uD83D\\uDE00',
      '\\p{L}',
      '\\.',
      '😀',
    ),
    fc.tuple(fc.constantFrom('(', '(?:'), tie('pattern')).map(([begin, inner]) => `${begin}${inner})`),
  ),
}));
const text = fc.array(fc.constantFrom('a', 'b', '1', ' ', '.', ']', '\n', '😀', 'é', '\ud83d'), { maxLength: 6 });

describe('a pattern that is matched without going back', () => {
  it('finds in every text what RegExp finds', () => {
    fc.assert(
      fc.property(pattern, text, (source, chars) => {
        fc.pre(source.length <= 256);
        // Node also looks for \B between the halves of a character, where ECMAScript has no place.
        fc.pre(!(source.includes('\\B') && chars.includes('😀')));
        expect(taken(source).finds(chars.join(''))).toBe(new RegExp(source, 'u').test(chars.join('')));
      }),
      { numRuns: 2_000 },
    );
  });
  it.each([
    ...['^(a+)+$', '^(aa?)+$', '^(a*){20}$', '(a|aa)+$', `^${'a?'.repeat(60)}${'a'.repeat(60)}$`, '^a*a*a*$'],
    ...['^[^@]+@[^@]+\\.[^@]+$', '(\\w+\\s?)*$', '(.{1,40}){1,20}$', '((a{0,9}){0,9}){0,9}$'],
  ])('makes at most 4,001 steps for each character of any text: %s', (source) => {
    const { finds, steps } = taken(source);
    const long = `${'a'.repeat(5_000)}!`;
    finds(long);
    expect(steps()).toBeLessThanOrEqual(4_001 * (long.length + 1));
  });
  it.each([
    '(?=a)b',
    '(?<!a)b',
    '(.)\\1',
    '(?<n>.)\\k<n>',
    '(?i:a)',
    '[',
    'a{1001}',
    '((a{99}){99}){99}',
    'x'.repeat(300),
  ])('is none that looks around, refers back, changes its flags, is broken or too large: %s', (source) => {
    expect(linearPattern(source)).toMatchObject({ kind: 'refused', why: { message: expect.stringMatching(/^must /) } });
  });
  it.each(['(){1000}', '((){1000}){1000}', '(((){1000}){1000}){1000}', '(^*){1000}'])(
    'that repeats nothing is one step or refused: %s',
    (source) => {
      const found = linearPattern(source);
      expect(found.kind === 'refused' || found.test('a', () => undefined)).toBe(true);
    },
  );
  it.each([
    ['^\\+?[0-9 ()-]{7,20}$', '+49 (30) 123-45'],
    ['^[a-z0-9]+(-[a-z0-9]+)*$', 'a-b-c'],
    ['^\\d+(\\.\\d{1,2})?$', '12.50'],
    ['^(?<year>\\d{4})-(0[1-9]|1[0-2])$', '2026-05'],
    ['^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$', 'ada@shop.com'],
    ['^#?([a-fA-F0-9]{6}|[a-fA-F0-9]{3})$', '#ff0099'],
    ['^([01]?\\d|2[0-3]):[0-5]\\d$', '23:59'],
  ])('is every pattern of every day: %s', (source, sound) => {
    expect(taken(source).finds(sound)).toBe(true);
    expect(taken(source).finds(`${sound}\n!`)).toBe(false);
  });
});
