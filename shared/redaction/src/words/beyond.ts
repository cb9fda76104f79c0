import type { Language } from './language.ts';

const none = {
  alsoFiller: [],
  teens: {},
  tens: {},
  hundreds: {},
  hundredsAlone: {},
  thousand: [],
  times: {},
  fold: [],
  plurals: {},
  and: [],
  fillers: [],
  digitNouns: [],
} as const satisfies Omit<Language, 'units'>;

const named = (units: string): Language['units'] => units.split(' ').map((names) => names.split('/'));
const by = (from: number, step: number, words: string): Record<string, number> =>
  Object.fromEntries(words.split(' ').map((word, at) => [word, from + at * step]));

const swedishUnits = named('noll ett tva tre fyra fem sex sju atta nio');
const swedishTens = by(20, 10, 'tjugo trettio fyrtio femtio sextio sjuttio attio nittio');
/** fyrtiotvå */
const tensFirst = (units: Language['units'], tens: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(tens).flatMap(([ten, value]) =>
      units.flatMap((names, unit) => (unit === 0 ? [] : names.map((name) => [ten + name, value + unit] as const))),
    ),
  );

/**
 * Languages of which only the numbers are read, and no words about cards: a whole card is cut, and little else. The
 * lists hold only words that mean nothing in the languages that are read in full.
 */
export const beyond: readonly Language[] = [
  {
    ...none,
    units: named('ноль/нуль один/одна два/две три четыре пять шесть семь восемь девять'),
    teens: by(
      10,
      1,
      'десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать',
    ),
    tens: by(20, 10, 'двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто'),
    hundredsAlone: by(100, 100, 'сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот'),
  },
  {
    ...none,
    units: swedishUnits,
    teens: {
      ...by(10, 1, 'tio elva tolv tretton fjorton femton sexton sjutton arton nitton'),
      ...tensFirst(swedishUnits, swedishTens),
    },
    tens: swedishTens,
  },
  { ...none, units: named('शून्य एक दो तीन चार पांच/पाँच छह/छः/छे सात आठ नौ') },
  { ...none, units: named('zero jeden dwa trzy cztery piec szesc siedem osiem dziewiec') },
];
