import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aCard } from '../session/cards.fixture.ts';
import { each, leaving, talk } from '../session/talk.fixture.ts';
import { german } from './de.ts';
import { italian } from './it.ts';
import { joinedDigits } from './joined.ts';
import type { Language } from './language.ts';
import { dutch } from './nl.ts';

const named = ({ teens, tens, units }: Language, value: number): string =>
  Object.entries({ ...teens, ...tens }).find(([, each]) => each === value)?.[0] ?? units[value]?.[0] ?? '';
const oneByOne = ({ units }: Language, digits: string): string =>
  Array.from(digits, (digit) => units[Number(digit)]?.[0]).join(' ');

/** Four digits as people who count in hundreds say them; what begins or ends with a nought, digit by digit. */
const inHundreds = (language: Language, hundred: string, group: string): string => {
  const [many, rest] = [Number(group.slice(0, 2)), Number(group.slice(2))];
  return group.length < 4 || many < 11 || many % 10 === 0 || rest < 10
    ? oneByOne(language, group)
    : `${named(language, many)}${hundred} ${named(language, rest)}`;
};
const left = (...texts: string[]): string[] => leaving(talk(...texts), each(talk(...texts)));

describe('a card that is said in whole hundreds, the rest of each in a word of its own', () => {
  it.each([
    ['nl', dutch, 'honderd'],
    ['de', german, 'hundert'],
  ] as const)('is cut without a word of a card: %s', (_code, language, hundred) => {
    fc.assert(
      fc.property(aCard, (card) => {
        const said = (card.match(/\d{1,4}/g) ?? []).map((group) => inHundreds(language, hundred, group)).join(', ');
        expect(left(said)).toEqual(['[REDACTED:card]']);
      }),
      { numRuns: 200, examples: [['4539148803436467']] },
    );
  });
  it.each([
    'vijfenveertighonderd negenendertig, veertienhonderd achtentachtig, nul drie vier drie, vierenzestighonderd zevenenzestig',
    'viertausend fünfhundertneununddreißig, eintausend vierhundertachtundachtzig, null drei vier drei, sechstausend vierhundertsiebenundsechzig',
    'quattromila cinquecentotrentanove, millequattrocento ottantotto, zero tre quattro tre, seimila quattrocentosessantasette',
  ])('is cut: %s', (said) => {
    expect(left(said)).toEqual(['[REDACTED:card]']);
  });
});

describe('digits that are written as one word', () => {
  it.each([
    ['it', italian],
    ['de', german],
    ['nl', dutch],
  ] as const)('are read as they are: %s', (_code, language) => {
    fc.assert(
      fc.property(fc.stringMatching(/^[02-9]{3,16}$/), (digits) => {
        expect(joinedDigits(oneByOne(language, digits).replaceAll(' ', ''))).toBe(digits);
      }),
    );
  });
  it.each([
    ['A chi chiede del CVV', 'settetresette'],
    ['Und die CVV?', 'siebendreisieben'],
    ['De CVC?', 'zevendriezeven'],
  ])('are cut where a security code was asked for: %s %s', (asked, said) => {
    expect(left(`> ${asked}`, said).at(-1)).toBe('[REDACTED:cvc]');
  });
  it.each(['settetre', 'dreiein', 'eenheid', 'einseinsame', 'sei', 'x'.repeat(200)])('are none in %s', (word) => {
    expect(joinedDigits(word)).toBeUndefined();
  });
});

describe('Spanish tens that are written as one word with their units', () => {
  it('are read', () => {
    expect(
      left('cuarentaicinco treintaynueve catorce ochentaiocho cero tres cuarentaitrés sesentaicuatro sesentaisiete'),
    ).toEqual(['[REDACTED:card]']);
  });
});

describe('a number that is taken back', () => {
  it.each([
    ['es', '4539 1489 0343, digo, 4539 1488 0343 6467'],
    ['pt', '4539 1489 0343, aliás, 4539 1488 0343 6467'],
    ['fr', '4539 1489 0343, enfin plutôt, 4539 1488 0343 6467'],
    ['de', '4539 1489 0343, Quatsch, 4539 1488 0343 6467'],
    ['nl', '4539 1489 0343, ik bedoel 4539 1488 0343 6467'],
    ['en', '4539 1489 0343, I mean 4539 1488 0343 6467'],
    ['en', '4539 1489, sorry, 4539 1488 0343 6467'],
    ['es', '4539 1489, perdón, 4539 1488 0343 6467'],
    ['fr', '4539 1489, pardon, 4539 1488 0343 6467'],
    ['it', '4539 1489, scusi, 4539 1488 0343 6467'],
    ['pt', '4539 1489, desculpe, 4539 1488 0343 6467'],
    ['nl', '4539 1489, sorry, 4539 1488 0343 6467'],
  ])('is cut beside the card that is right: %s', (_code, said) => {
    expect(left(said)[0]).not.toMatch(/[0-9]/);
  });
});

describe('an expiry', () => {
  it('is cut beside a code by its own name, with no card said', () => {
    expect(left('it expires in 0928 and the CVC is 737')).toEqual([
      'it expires in [REDACTED:expiry] and the CVC is [REDACTED:cvc]',
    ]);
  });
  it.each([
    ['Meine Karte ist 4539 1488 0343 6467', 'neunter achtundzwanzig'],
    ['Meine Karte ist 4539 1488 0343 6467', 'zwölfter zweitausendachtundzwanzig'],
    ['Mijn kaart is 4539 1488 0343 6467', 'negende achtentwintig'],
  ])('is cut with its month by its place, after a card: %s, %s', (card, said) => {
    expect(left(card, said).at(-1)).toBe('[REDACTED:expiry]');
  });
  it.each(['Am zwölften kommen 25 Leute', 'neunter achtundzwanzig', 'my passport expires in 0928'])(
    'is none of %s, where nobody spoke of a card',
    (said) => {
      expect(left(said)).toEqual([said]);
    },
  );
});
