import { compounding, smallOf } from './compounds.ts';
import type { Language, NumberWord } from './language.ts';

const units = [
  ['zero'],
  ['uno', 'un', 'una'],
  ['due'],
  ['tre'],
  ['quattro'],
  ['cinque'],
  ['sei'],
  ['sette'],
  ['otto'],
  ['nove'],
] as const;
const tens: Readonly<Record<string, number>> = {
  venti: 20,
  trenta: 30,
  quaranta: 40,
  cinquanta: 50,
  sessanta: 60,
  settanta: 70,
  ottanta: 80,
  novanta: 90,
};

/** ventuno, ventidue, trentotto: before a vowel the ten loses its own. */
const joined: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(tens).flatMap(([ten, value]) =>
    units.flatMap((names, unit) =>
      unit === 0
        ? []
        : names.map((name): [string, number] => [
            (unit === 1 || unit === 8 ? ten.slice(0, -1) : ten) + name,
            value + unit,
          ]),
    ),
  ),
);
const teens: Readonly<Record<string, number>> = {
  dieci: 10,
  undici: 11,
  dodici: 12,
  tredici: 13,
  quattordici: 14,
  quindici: 15,
  sedici: 16,
  diciassette: 17,
  diciotto: 18,
  diciannove: 19,
  ...joined,
};
const regular = compounding({ small: smallOf(units, teens, tens), hundred: 'cento', thousand: 'mila', and: 'e' });

/** milleduecento, centotto: a thousand by itself has a name of its own, and a hundred loses its vowel before eight. */
const compound = (word: string): NumberWord | undefined =>
  /^mille|cent|mila/.test(word) ? regular(word.replace(/^mille/, 'mila').replace(/cent(?=ott)/, 'cento')) : undefined;

export const italian: Language = {
  units,
  alsoFiller: [],
  teens,
  tens,
  hundreds: {},
  hundredsAlone: { cento: 100 },
  thousand: ['mila', 'mille'],
  times: { doppio: 2, triplo: 3, quadruplo: 4 },
  fold: ['volte'],
  plurals: {},
  and: ['e', 'ed'],
  fillers:
    'eh ehm beh allora poi quindi ora adesso dopo si bene va ecco dunque infine ancora scusi aspetti il lo la i gli le e sono virgola trattino spazio punto barra seguito finalmente ok certo prego'.split(
      ' ',
    ),
  digitNouns: ['cifra', 'cifre', 'numeri', 'numerini', 'cifrette'],
  compound,
};
