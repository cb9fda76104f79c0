import { compounding, smallOf, unitsFirst } from './compounds.ts';
import type { Language } from './language.ts';

const units = [
  ['null'],
  ['eins', 'ein', 'eine'],
  ['zwei', 'zwo'],
  ['drei'],
  ['vier'],
  ['funf', 'fuenf'],
  ['sechs'],
  ['sieben'],
  ['acht'],
  ['neun'],
] as const;

const tens = {
  zwanzig: 20,
  dreissig: 30,
  vierzig: 40,
  funfzig: 50,
  fuenfzig: 50,
  sechzig: 60,
  siebzig: 70,
  achtzig: 80,
  neunzig: 90,
};

const teens: Record<string, number> = {
  zehn: 10,
  elf: 11,
  zwolf: 12,
  zwoelf: 12,
  dreizehn: 13,
  vierzehn: 14,
  funfzehn: 15,
  fuenfzehn: 15,
  sechzehn: 16,
  siebzehn: 17,
  achtzehn: 18,
  neunzehn: 19,
  ...unitsFirst(units, tens, 'und'),
};

export const german: Language = {
  units,
  alsoFiller: [],
  teens,
  tens,
  hundreds: { hundert: 100 },
  hundredsAlone: {},
  thousand: ['tausend'],
  times: { doppel: 2, doppelt: 2, zweimal: 2, dreimal: 3, viermal: 4 },
  fold: ['mal'],
  plurals: {
    nullen: 0,
    einsen: 1,
    zweien: 2,
    dreien: 3,
    vieren: 4,
    funfen: 5,
    fuenfen: 5,
    sechsen: 6,
    siebenen: 7,
    achten: 8,
    neunen: 9,
  },
  and: ['und'],
  fillers:
    'ah ahm aeh aehm hm also dann jetzt ja genau gut bitte so weiter nochmal nun die der das ist es sind und komma strich schragstrich bindestrich leerzeichen punkt okay moment gefolgt schliesslich'.split(
      ' ',
    ),
  digitNouns: ['ziffer', 'ziffern', 'stellen', 'nummern'],
  compound: compounding({ small: smallOf(units, teens, tens), hundred: 'hundert', thousand: 'tausend', and: 'und' }),
};
