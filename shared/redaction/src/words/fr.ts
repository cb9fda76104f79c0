import type { Language } from './language.ts';

export const french: Language = {
  units: [['zero'], ['un', 'une'], ['deux'], ['trois'], ['quatre'], ['cinq'], ['six'], ['sept'], ['huit'], ['neuf']],
  alsoFiller: [],
  teens: { onze: 11, douze: 12, treize: 13, quatorze: 14, quinze: 15, seize: 16 },
  // `dix` is a ten: dix-sept. Belgian and Swiss tens are said beside the French soixante-dix and quatre-vingts.
  tens: {
    dix: 10,
    vingt: 20,
    vingts: 20,
    trente: 30,
    quarante: 40,
    cinquante: 50,
    soixante: 60,
    septante: 70,
    huitante: 80,
    octante: 80,
    nonante: 90,
  },
  hundreds: { cent: 100, cents: 100 },
  hundredsAlone: {},
  thousand: ['mille'],
  times: {},
  fold: ['fois'],
  plurals: { zeros: 0, uns: 1 },
  and: ['et'],
  fillers:
    'euh heu ben bah alors puis ensuite donc voila oui bon le la les c est et virgule tiret espace point barre encore pardon attendez allez y continuez ok d accord enfin'.split(
      ' ',
    ),
  digitNouns: ['chiffre', 'chiffres', 'numeros'],
};
