import fc from 'fast-check';

/** Leading digits and length, of every network. */
const networks: readonly (readonly [string, number])[] = [
  ['4', 13],
  ['4', 16],
  ['4', 19],
  ['51', 16],
  ['55', 16],
  ['2221', 16],
  ['2720', 16],
  ['34', 15],
  ['37', 15],
  ['300', 14],
  ['36', 14],
  ['38', 16],
  ['6011', 16],
  ['644', 16],
  ['65', 19],
  ['3528', 16],
  ['3589', 16],
  ['62', 16],
  ['62', 19],
  ['81', 16],
  ['5018', 13],
  ['5893', 14],
  ['6304', 15],
  ['6759', 18],
  ['2200', 16],
  ['606282', 16],
  ['9792', 16],
];

function withCheckDigit(body: string): string {
  const sum = [...body].reverse().reduce((all, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return all + (value > 9 ? value - 9 : value);
  }, 0);
  return body + String((10 - (sum % 10)) % 10);
}

/** A valid card number of any network. */
export const aCard: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...networks), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 19, maxLength: 19 }))
  .map(([[prefix, length], more]) => withCheckDigit((prefix + more.join('')).slice(0, length - 1)));

const scripts = ['0', '０', '٠', '०'];
/**
 * Digits as people say them, a row for each way; names of one that are articles too, and of others that mean something
 * else too, in rows of their own.
 */
const words = [
  ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  ['cero', 'uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve'],
  ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'],
  ['null', 'eins', 'zwo', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'],
  ['zero', 'uno', 'due', 'tre', 'quattro', 'cinque', 'sei', 'sette', 'otto', 'nove'],
  ['zero', 'um', 'dois', 'três', 'quatro', 'cinco', 'meia', 'sete', 'oito', 'nove'],
  ['zero', 'uma', 'duas', 'três', 'quatro', 'cinco', 'seis', 'sete', 'oito', 'nove'],
  ['nul', 'één', 'twee', 'drie', 'vier', 'vijf', 'zes', 'zeven', 'acht', 'negen'],
  ['oh', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  ['cero', 'un', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve'],
  ['cero', 'una', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve'],
  ['zéro', 'une', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'],
  ['null', 'ein', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'],
  ['null', 'eine', 'zwo', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'],
  ['zero', 'un', 'due', 'tre', 'quattro', 'cinque', 'sei', 'sette', 'otto', 'nove'],
  ['nul', 'een', 'twee', 'drie', 'vier', 'vijf', 'zes', 'zeven', 'acht', 'negen'],
];
const separators = [
  '',
  ' ',
  '-',
  '.',
  ' - ',
  ' / ',
  ', ',
  '\u00a0',
  '—',
  '_',
  '\n',
  ' uh ',
  ' and then ',
  ' also ',
  ' puis ',
];

/** A way to write digits: a script or a language, and what stands between them. */
export type Manner = Readonly<{ digit: (value: number) => string; spoken: boolean; between: readonly string[] }>;
export const aManner: fc.Arbitrary<Manner> = fc
  .tuple(
    fc.nat(scripts.length + words.length - 1),
    fc.array(fc.constantFrom(...separators), { minLength: 19, maxLength: 19 }),
  )
  .map(([way, between]) => {
    const language = words[way - scripts.length];
    const zero = scripts[way]?.codePointAt(0) ?? 0;
    const digit = (value: number): string => language?.[value] ?? String.fromCodePoint(zero + value);
    return { digit, spoken: language !== undefined, between };
  });

export const written = (digits: string, { digit, spoken, between }: Manner): string =>
  [...digits]
    .map((each, at) => (at === 0 ? '' : spoken ? between[at] || ' ' : (between[at] ?? '')) + digit(Number(each)))
    .join('');

/** Words of no meaning here: neither numbers nor about any. */
export const someProse = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom('hello', 'weather', 'nice', 'voilà', 'größe', 'señor', 'really', '…', '!', 'ok', 'danke'), {
      maxLength,
    })
    .map((all) => all.join(' '));

/** Where a sequence of so many is cut in pieces. */
export const someCuts = (size: number): fc.Arbitrary<number[]> =>
  fc.subarray(Array.from({ length: Math.max(0, size - 1) }, (_, at) => at + 1));

export const inPieces = <T>(all: readonly T[], cuts: readonly number[]): T[][] =>
  [0, ...cuts].map((from, at) => all.slice(from, cuts[at] ?? all.length));
