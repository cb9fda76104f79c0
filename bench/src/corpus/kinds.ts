import { digitsIn, type SpokenIn } from './digits.ts';
import type { Draw } from './draw.ts';
import { card, grouped, iban, ssn } from './secrets.ts';

const misheard = (by: Draw): string => {
  const number = card(by);
  const at = 6 + by.below(number.length - 7);
  const other = String((Number(number[at]) + 1 + by.below(8)) % 10);
  return number.slice(0, at) + other + number.slice(at + 1);
};
const bare = (text: string): string => text.replace(/\W/g, '');
const spokenIban = (by: Draw, language: SpokenIn): string => {
  const number = bare(iban(by));
  return [...number.slice(0, 2), ...digitsIn(number.slice(2), language)].join(' ');
};

/** How telephone numbers of other countries begin. */
const abroad = ['52 55', '55 11', '63 917', '62 812', '36 30', '60 12', '34 612', '49 151', '31 6'];

/** What fills a slot. */
export const fills: Readonly<Record<string, (by: Draw, language: SpokenIn) => string>> = {
  card: (by) => grouped(card(by)).join(' '),
  said: (by, language) => digitsIn(card(by), language).join(' '),
  misheard: (by) => grouped(misheard(by)).join(' '),
  begun: (by) => grouped(card(by)).slice(0, 2).join(' '),
  cvc: (by) => by.digits(3),
  cvcSaid: (by, language) => digitsIn(by.digits(3), language).join(' '),
  iban: (by) => iban(by),
  ibanDashed: (by) => (bare(iban(by)).match(/.{1,4}/g) ?? []).join(by.of(['-', ', ', ' - '])),
  ibanOdd: (by) => (bare(iban(by)).match(/.{1,5}/g) ?? []).join(' '),
  ibanSaid: spokenIban,
  ssn: (by) => ssn(by),
  ssnSaid: (by, language) => digitsIn(bare(ssn(by)), language).join(' '),
  order: (by) => `${by.digits(4)} ${by.digits(4)} ${by.digits(2)}`,
  twelve: (by) => `${by.of(['4', '5', '6'])}${by.digits(3)} ${by.digits(4)} ${by.digits(4)}`,
  long: (by) => `${by.of(['4', '5', '6'])}${by.digits(10)}`,
  price: (by) => `${1 + by.below(9)},${by.digits(3)}.${by.digits(2)}`,
  isbn: (by) => `978-${by.below(9)}-${by.digits(4)}-${by.digits(4)}-${by.below(9)}`,
  coords: (by) => `${30 + by.below(30)}.${by.digits(6)}, -${100 + by.below(20)}.${by.digits(6)}`,
  date: (by) => `${1 + by.below(28)}.${1 + by.below(12)}.20${10 + by.below(19)}`,
  three: (by) => by.digits(3),
  four: (by) => by.digits(4),
  five: (by) => by.digits(5),
  lottery: (by) => {
    const from = 1 + by.below(6);
    return Array.from({ length: 6 }, (_, at) => from + at * 7 + by.below(6)).join(', ');
  },
  phone: (by) =>
    by.of([
      () => `${by.of(abroad)} ${by.digits(4)} ${by.digits(4)}`,
      () => `(${by.of(['415', '512', '646'])}) ${by.digits(3)}-${by.digits(4)}`,
      () => `06 ${by.digits(2)} ${by.digits(2)} ${by.digits(2)} ${by.digits(2)}`,
      () => `0151 ${by.digits(7)}`,
    ])(),
};

/** Slots that hold a secret. */
export const secret = /^(?:card|said|misheard|begun|cvc|cvcSaid|iban\w*|ssn\w*)$/;
