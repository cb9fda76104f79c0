import type { Language, NumberWord } from './language.ts';

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

/** einundzwanzig to neunundneunzig: the unit comes first. */
function joined(): Record<string, number> {
  const found: Record<string, number> = {};
  for (const [ten, value] of Object.entries(tens))
    units.forEach((names, unit) => {
      if (unit > 0) for (const name of names) found[`${name}und${ten}`] = value + unit;
    });
  return found;
}

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
  ...joined(),
};

const small = new Map<string, number>([
  ...units.flatMap((names, value) => names.map((name): [string, number] => [name, value])),
  ...Object.entries(teens),
  ...Object.entries(tens),
]);

/** Numbers to 9999 that German writes as one word: viertausendeinhundertelf. */
function compound(word: string): NumberWord | undefined {
  if (word.length > 60 || !/hundert|tausend/.test(word)) return undefined;
  const value = thousands(word);
  return value === undefined ? undefined : { as: 'pair', value };
}

const thousands = (word: string): number | undefined => multiple(word, 'tausend', 1000, hundreds);
const hundreds = (word: string): number | undefined =>
  word.includes('hundert') ? multiple(word, 'hundert', 100, below) : below(word);
const below = (word: string): number | undefined => small.get(word.replace(/^und/, '')) ?? small.get(word);

function multiple(
  word: string,
  name: string,
  size: number,
  rest: (word: string) => number | undefined,
): number | undefined {
  const at = word.indexOf(name);
  if (at < 0) return hundreds(word);
  const [before, after] = [word.slice(0, at), word.slice(at + name.length)];
  const [many, more] = [before === '' ? 1 : small.get(before), after === '' ? 0 : rest(after)];
  return many === undefined || more === undefined ? undefined : many * size + more;
}

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
    'ah ahm aeh aehm hm also dann jetzt ja genau gut bitte so weiter nochmal nun die der das ist es sind und komma strich bindestrich leerzeichen punkt okay moment gefolgt schliesslich'.split(
      ' ',
    ),
  digitNouns: ['ziffer', 'ziffern', 'stellen', 'nummern'],
  compound,
};
