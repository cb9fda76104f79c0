import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { follow } from '../cards/follow.ts';
import { runsOf } from '../forms/runs.ts';
import { redactText, strictestPolicy } from '../mod.ts';
import { lex } from '../tokens/lex.ts';
import { aCard, aManner, someProse, written } from './cards.fixture.ts';

const policies = fc.record({ keepLastFour: fc.boolean(), iban: fc.boolean(), ssn: fc.boolean() });
/** Text in which numbers, number words, cues and marks meet in any order. */
const anything = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'card',
        'cvv',
        'code',
        'expires',
        'exp',
        'order',
        'and',
        'uh',
        'then',
        'on',
        '12/27',
        '123',
        'ssn',
        'March',
        '2027',
        'euros',
        'last',
        'digits',
      ),
      fc.constantFrom(
        'four',
        'double',
        'quatre',
        'vingt',
        'dix',
        'cien',
        'mil',
        'hundred',
        'oh',
        'zwo',
        'einundvierzig',
        'times',
        'ones',
        'twice',
      ),
      fc.constantFrom(
        '4111',
        '1111',
        '378282246310005',
        '4111111111111111',
        'DE89370400440532013000',
        '078-05-1120',
        '+49 151 23456789',
        '[REDACTED:card]',
        '[REDACTED:cvc]',
      ),
      fc.nat(9999).map(String),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    ),
    { maxLength: 24 },
  )
  .chain((parts) => fc.constantFrom(' ', ', ', '-', '').map((separator) => parts.join(separator)));

describe('a redacted text', () => {
  it('never shows a digit of a card, however the card is written', () => {
    fc.assert(
      fc.property(aCard, aManner, someProse(8), someProse(8), (card, manner, before, after) => {
        const { text } = redactText(`${before}: ${written(card, manner)} ; ${after}`, strictestPolicy);
        expect(text).toBe(`${before}: [REDACTED:card] ; ${after}`);
      }),
      { numRuns: 300 },
    );
  });

  it('stays as it is under a second pass', () => {
    fc.assert(
      fc.property(anything, policies, (text, policy) => {
        const once = redactText(text, policy).text;
        expect(redactText(once, policy)).toEqual({ text: once, found: [] });
      }),
      { numRuns: 300 },
    );
  });

  it('equals its original if that has no digits and no digit words', () => {
    const plain = fc
      .oneof(fc.string({ unit: 'grapheme', maxLength: 80 }), someProse(20), fc.lorem())
      .filter((text) => lex(text).every((token) => token.as === 'word'));
    fc.assert(
      fc.property(plain, (text) => {
        expect(redactText(text, strictestPolicy)).toEqual({ text, found: [] });
      }),
    );
  });

  it('comes with the kinds and counts of its cuts, and without digits', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { found } = redactText(text, strictestPolicy);
        for (const each of found) expect(Object.keys(each).sort()).toEqual(['count', 'kind']);
      }),
    );
  });
});

describe('the work of the redactor', () => {
  const stepsOf = (text: string): number => {
    const tokens = lex(text);
    return follow([], {
      message: 0,
      role: 'user',
      runs: runsOf(text, tokens),
      sealed: false,
      words: 0,
      isElse: () => false,
    }).steps;
  };
  it.each([
    'four ',
    '4',
    '4 ',
    '4 oh ',
    '4 oh oh ',
    'quatre vingt ',
    'quatre vingt dix sept ',
    'quatre cent quatre vingt dix ',
    'cuatro mil ciento once ',
    'two times ',
    '5 ones ',
    '4111 x 1 x ',
    '411 x ',
    'hundred ',
    'ein und vierzig ',
  ])('grows linearly with the text: %s', (piece) => {
    const [small, large] = [stepsOf(piece.repeat(500)), stepsOf(piece.repeat(5000))];
    expect(large).toBeLessThan(small * 11 + 1000);
  });
  it('on one item is bounded, however many meanings it has', () => {
    const text = 'quatre cent quatre vingt dix '.repeat(2000);
    expect(stepsOf(text) / lex(text).length).toBeLessThan(150);
  });
});
