import { compounding, smallOf, unitsFirst } from './compounds.ts';
import type { Language } from './language.ts';

const units = [
  ['nul'],
  ['een'],
  ['twee'],
  ['drie'],
  ['vier'],
  ['vijf'],
  ['zes'],
  ['zeven'],
  ['acht'],
  ['negen'],
] as const;
const tens: Readonly<Record<string, number>> = {
  twintig: 20,
  dertig: 30,
  veertig: 40,
  vijftig: 50,
  zestig: 60,
  zeventig: 70,
  tachtig: 80,
  negentig: 90,
};
const teens: Readonly<Record<string, number>> = {
  tien: 10,
  elf: 11,
  twaalf: 12,
  dertien: 13,
  veertien: 14,
  vijftien: 15,
  zestien: 16,
  zeventien: 17,
  achttien: 18,
  negentien: 19,
  ...unitsFirst(units, tens, 'en'),
};

export const dutch: Language = {
  units,
  alsoFiller: [],
  teens,
  tens,
  hundreds: { honderd: 100 },
  hundredsAlone: {},
  thousand: ['duizend'],
  times: { dubbel: 2, dubbele: 2, tweemaal: 2, driemaal: 3, viermaal: 4 },
  fold: ['keer', 'maal'],
  plurals: {
    nullen: 0,
    enen: 1,
    tweeen: 2,
    drieen: 3,
    vieren: 4,
    vijven: 5,
    zessen: 6,
    zevens: 7,
    achten: 8,
    negens: 9,
  },
  and: ['en'],
  fillers:
    'eh ehm uhm nou dus dan daarna toen nu ja goed oke juist precies even wacht sorry de het is zijn dat komma streepje streep koppelteken spatie punt slash gevolgd door tenslotte nog nogmaals verder'.split(
      ' ',
    ),
  digitNouns: ['cijfer', 'cijfers', 'getallen', 'nummers'],
  compound: compounding({ small: smallOf(units, teens, tens), hundred: 'honderd', thousand: 'duizend', and: 'en' }),
};
