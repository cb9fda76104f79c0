import type { Draw } from './draw.ts';
import { type LanguageName, spell } from './spell.ts';

const hex = (count: number, by: Draw): string =>
  Array.from({ length: count }, () => by.below(16).toString(16)).join('');

type Make = (by: Draw, language: LanguageName) => string;
const phones: Record<LanguageName, Make> = {
  en: (by) =>
    by.of([
      () => `(${by.of(['415', '212', '503', '312', '646'])}) ${by.digits(3)}-${by.digits(4)}`,
      () => `${by.of(['415', '503', '617', '408'])}-${by.digits(3)}-${by.digits(4)}`,
      () => `+1 ${by.digits(3)} ${by.digits(3)} ${by.digits(4)}`,
      () => `+44 20 ${by.digits(4)} ${by.digits(4)}`,
      () => `07${by.digits(3)} ${by.digits(6)}`,
    ])(),
  es: (by) =>
    by.of([
      () => `+34 6${by.digits(2)} ${by.digits(3)} ${by.digits(3)}`,
      () => `6${by.digits(2)} ${by.digits(2)} ${by.digits(2)} ${by.digits(2)}`,
      () => `+52 55 ${by.digits(4)} ${by.digits(4)}`,
    ])(),
  fr: (by) =>
    by.of([
      () => `06 ${by.digits(2)} ${by.digits(2)} ${by.digits(2)} ${by.digits(2)}`,
      () => `+33 6 ${by.digits(2)} ${by.digits(2)} ${by.digits(2)} ${by.digits(2)}`,
      () => `01.${by.digits(2)}.${by.digits(2)}.${by.digits(2)}.${by.digits(2)}`,
    ])(),
  de: (by) =>
    by.of([
      () => `0151 ${by.digits(8)}`,
      () => `+49 151 ${by.digits(8)}`,
      () => `030/${by.digits(7)}`,
      () => `+49 (0)89 ${by.digits(6)}`,
    ])(),
};

const two = (value: number): string => String(value).padStart(2, '0');

/** Harmless numbers as people and systems write them. None is left out because it looks like a card. */
export const harmless: Record<
  | 'phone'
  | 'order'
  | 'date'
  | 'postcode'
  | 'tracking'
  | 'id'
  | 'amount'
  | 'device'
  | 'spokenPhone'
  | 'spokenOrder'
  | 'small',
  Make
> = {
  phone: (by, language) => phones[language](by, language),
  order: (by) =>
    by.of([
      () => by.digits(6 + by.below(5)),
      () => `ORD-${2020 + by.below(7)}-${by.digits(6)}`,
      () => `${by.digits(3)}-${by.digits(7)}-${by.digits(7)}`,
      () => by.digits(12 + by.below(5)),
      () => `#${by.digits(5)}`,
    ])(),
  date: (by) => {
    const [day, month, year] = [two(1 + by.below(28)), two(1 + by.below(12)), String(1940 + by.below(88))];
    return by.of([
      `${day}/${month}/${year}`,
      `${day}.${month}.${year}`,
      `${year}-${month}-${day}`,
      `${year}-${month}-${day} ${two(by.below(24))}:${two(by.below(60))}`,
    ]);
  },
  postcode: (by, language) =>
    language === 'en'
      ? by.of([
          () => by.digits(5),
          () => `${by.digits(5)}-${by.digits(4)}`,
          () => `SW${by.below(9)}A ${by.below(9)}AA`,
        ])()
      : by.digits(5),
  tracking: (by) =>
    by.of([
      () => `1Z${by.digits(3)}AA${by.digits(10)}`,
      () => `9400 ${by.digits(4)} ${by.digits(4)} ${by.digits(4)} ${by.digits(4)} ${by.digits(2)}`,
      () => by.digits(20),
      () => `RR${by.digits(9)}DE`,
      () => by.digits(12),
    ])(),
  id: (by) =>
    by.of([
      () => `${hex(8, by)}-${hex(4, by)}-4${hex(3, by)}-a${hex(3, by)}-${hex(12, by)}`,
      () => hex(40, by),
      () => `cus_${hex(14, by)}`,
      () => `192.168.${by.below(256)}.${by.below(256)}`,
    ])(),
  amount: (by) =>
    by.of([
      () => `$${by.below(9)},${by.digits(3)}.${by.digits(2)}`,
      () => `${by.below(900)},${by.digits(2)} €`,
      () => `${by.below(9)}.${by.digits(3)}.${by.digits(3)}`,
      () => `${by.below(100)} %`,
    ])(),
  device: (by) =>
    by.of([
      () => `35${by.digits(13)}`,
      () => `89${by.digits(17)}`,
      () => `86${by.digits(13)}`,
      () => `978-${by.below(10)}-${by.digits(4)}-${by.digits(4)}-${by.below(10)}`,
    ])(),
  spokenPhone: (by, language) =>
    spell(
      (language === 'en' ? by.of(['415', '212', '646']) : '06') + by.digits(language === 'en' ? 7 : 8),
      by.of(['digits', 'pairs']),
      language,
      by,
    ).join(' '),
  spokenOrder: (by, language) =>
    spell(by.digits(6 + by.below(4)), by.of(['digits', 'pairs', 'mixed']), language, by).join(' '),
  small: (by, language) => spell(String(1 + by.below(99)), 'pairs', language, by).join(' '),
};
export type Harmless = keyof typeof harmless;
