import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactText, strictest } from './mod.ts';

const digitArb = fc.integer({ min: 0, max: 9 });
/** Cards of every network and length. */
const prefixes: readonly (readonly [string, number])[] = [
  ['4', 13],
  ['4', 16],
  ['4', 19],
  ['51', 16],
  ['55', 16],
  ['2221', 16],
  ['2720', 16],
  ['34', 15],
  ['37', 15],
  ['300', 14],
  ['36', 14],
  ['38', 16],
  ['6011', 16],
  ['644', 16],
  ['65', 19],
  ['3528', 16],
  ['3589', 16],
  ['62', 16],
  ['62', 19],
  ['81', 16],
  ['5018', 13],
  ['5893', 14],
  ['6304', 15],
  ['6759', 18],
  ['2200', 16],
  ['606282', 16],
  ['9792', 16],
];
function withCheckDigit(body: string): string {
  const sum = [...body].reverse().reduce((all, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return all + (value > 9 ? value - 9 : value);
  }, 0);
  return body + String((10 - (sum % 10)) % 10);
}
export const cardArb = fc
  .tuple(fc.constantFrom(...prefixes), fc.array(digitArb, { minLength: 19, maxLength: 19 }))
  .map(([[prefix, length], more]) => withCheckDigit((prefix + more.join('')).slice(0, length - 1)));

const words = [
  ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  ['cero', 'uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve'],
  ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'],
  ['null', 'eins', 'zwo', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'],
];
const separators = [
  '',
  ' ',
  '-',
  '.',
  ' - ',
  ' / ',
  ', ',
  '\u00a0',
  '—',
  '_',
  '\n',
  ' uh ',
  ' and then ',
  ' also ',
  ' puis ',
];
/** How each digit is written, and what stands before it. */
const mannerArb = fc.record({
  script: fc.constantFrom('0', '０', '٠', '०', 'en', 'es', 'fr', 'de'),
  separators: fc.array(fc.constantFrom(...separators), { minLength: 19, maxLength: 19 }),
});
type Manner = { script: string; separators: string[] };
function write(digits: string, { script, separators: between }: Manner): string {
  const language = ['en', 'es', 'fr', 'de'].indexOf(script);
  return [...digits]
    .map((digit, at) => {
      const gap = at === 0 ? '' : (between[at] ?? ' ');
      if (language >= 0) return (at > 0 && gap === '' ? ' ' : gap) + (words[language]?.[Number(digit)] ?? '');
      return gap + String.fromCodePoint((script.codePointAt(0) ?? 0) + Number(digit));
    })
    .join('');
}

const proseArb = fc
  .array(
    fc.constantFrom(
      'hello',
      'thanks',
      'the',
      'weather',
      'is',
      'nice',
      'voilà',
      'straße',
      'señor',
      'please',
      '…',
      '!',
      'ok',
    ),
    { maxLength: 8 },
  )
  .map((all) => all.join(' '));

describe('a text with a card in it', () => {
  it('never shows a digit of it, in whatever way it is written', () => {
    fc.assert(
      fc.property(cardArb, mannerArb, proseArb, proseArb, (card, manner, before, after) => {
        const { text } = redactText(`${before}: ${write(card, manner)} ; ${after}`, strictest);
        expect(text.normalize('NFKC')).toBe(`${before}: [REDACTED:card] ; ${after}`.normalize('NFKC'));
      }),
      { numRuns: 2000 },
    );
  });
});
