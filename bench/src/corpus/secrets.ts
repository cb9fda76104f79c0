import type { Draw } from './draw.ts';
import { type LanguageName, spell, stylesOfSpeech } from './spell.ts';

/** Leading digits and length of the cards in circulation. */
const networks: readonly (readonly [string, number])[] = [
  ['4', 16],
  ['4', 16],
  ['4', 16],
  ['4', 19],
  ['51', 16],
  ['53', 16],
  ['55', 16],
  ['2221', 16],
  ['2720', 16],
  ['34', 15],
  ['37', 15],
  ['36', 14],
  ['3055', 14],
  ['6011', 16],
  ['6449', 16],
  ['65', 16],
  ['3530', 16],
  ['62', 16],
  ['62', 19],
  ['5018', 16],
  ['6304', 18],
  ['6759', 16],
  ['2202', 16],
  ['6062', 16],
];

function checkDigit(body: string): number {
  let sum = 0;
  for (let at = 0; at < body.length; at += 1) {
    const value = Number(body[body.length - 1 - at]) * (at % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return (10 - (sum % 10)) % 10;
}

export function card(by: Draw): string {
  const [prefix, length] = by.of(networks);
  const body = prefix + by.digits(length - prefix.length - 1);
  return body + checkDigit(body);
}

/** Groups as cards print them: fours, or American Express’s and Diners’ 4-6-5 and 4-6-4. */
export const grouped = (number: string): string[] =>
  number.length === 15 || number.length === 14
    ? [number.slice(0, 4), number.slice(4, 10), number.slice(10)]
    : (number.match(/.{1,4}/g) ?? []);

const fullWidth = (digits: string): string =>
  digits.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));

export type Writing = Readonly<{ breaths: readonly string[]; between: readonly string[] }>;
const separators = ['', ' ', ' ', '-', '.', ' - ', '  ', '/', ', '];

/** A card in figures or in words, breath by breath, and the text between. */
export function written(number: string, language: LanguageName, fillers: readonly string[], by: Draw): Writing {
  const manner = by.of(['figures', 'figures', 'single', 'wide', 'spoken', 'spoken', 'spoken'] as const);
  const breaths =
    manner === 'spoken'
      ? spell(number, by.of(stylesOfSpeech), language, by)
      : manner === 'single'
        ? [...number]
        : grouped(manner === 'wide' ? fullWidth(number) : number);
  const usual = manner === 'spoken' ? by.of([' ', ', ']) : manner === 'single' ? by.of([' ', '-']) : by.of(separators);
  const mixed = by.chance(0.2);
  const between = breaths.map(() => {
    if (by.chance(manner === 'figures' ? 0.08 : 0.05)) return ` ${by.of(fillers)} `;
    return mixed && manner !== 'spoken' ? by.of(separators) : usual;
  });
  return { breaths, between };
}

/** A text, and the places in it that must go. Fillers between them may stay. */
export type Put = Readonly<{ text: string; places: readonly Readonly<{ start: number; end: number }>[] }>;
export const whole = (text: string): Put => ({ text, places: [{ start: 0, end: text.length }] });

export function joined({ breaths, between }: Writing): Put {
  const places: { start: number; end: number }[] = [];
  let text = '';
  for (const [at, breath] of breaths.entries()) {
    if (at > 0) text += between[at] ?? ' ';
    places.push({ start: text.length, end: text.length + breath.length });
    text += breath;
  }
  return { text, places };
}

/** The breaths of a card, shared out over `parts` utterances. */
export const sharedOut = ({ breaths, between }: Writing, parts: number): Put[] =>
  Array.from({ length: parts }, (_, part) => {
    const [from, to] = [part, part + 1].map((edge) => Math.round((edge * breaths.length) / parts));
    return joined({ breaths: breaths.slice(from, to), between: between.slice(from, to) });
  });

export function expiry(by: Draw): string {
  const month = String(1 + by.below(12)).padStart(2, '0');
  const year = String(26 + by.below(9));
  return by.of([`${month}/${year}`, `${month}/20${year}`, `${month}-${year}`, `${month} ${year}`, `${month}${year}`]);
}

const mod97 = (digits: string): number => [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0);

export function iban(by: Draw): string {
  const [country, size] = by.of([
    ['DE', 18],
    ['ES', 20],
    ['BE', 12],
    ['AT', 16],
    ['PT', 21],
  ] as const);
  const body = by.digits(size);
  const letters = [...country].map((letter) => String(letter.charCodeAt(0) - 55)).join('');
  const check = String(98 - mod97(`${body}${letters}00`)).padStart(2, '0');
  const whole = country + check + body;
  return by.chance(0.5) ? whole : (whole.match(/.{1,4}/g) ?? []).join(' ');
}

export const ssn = (by: Draw): string =>
  [1 + by.below(665), 1 + by.below(99), 1 + by.below(9999)]
    .map((value, at) => String(value).padStart([3, 2, 4][at] ?? 0, '0'))
    .join('-');
