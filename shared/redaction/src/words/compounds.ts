import type { NumberWord } from './language.ts';

/**
 * How a language writes numbers to 9999 as one word: viertausendeinhundertelf, quattromiladuecento, tweehonderdtwaalf.
 */
export type Compounding = Readonly<{
  small: ReadonlyMap<string, number>;
  hundred: string;
  thousand: string;
  /** Said before what is less than a hundred, and says nothing: hundertundelf. */
  and: string;
}>;

const longest = 60;

/** Reads such words; a word that is none is answered with `undefined`. */
export function compounding({ small, hundred, thousand, and }: Compounding): (word: string) => NumberWord | undefined {
  const below = (word: string): number | undefined =>
    small.get(word) ?? (and !== '' && word.startsWith(and) ? small.get(word.slice(and.length)) : undefined);
  const hundreds = (word: string): number | undefined =>
    word.includes(hundred) ? multiple(word, hundred, 100, below) : below(word);
  const multiple = (
    word: string,
    name: string,
    size: number,
    rest: (word: string) => number | undefined,
  ): number | undefined => {
    const at = word.indexOf(name);
    if (at < 0) return hundreds(word);
    const [before, after] = [word.slice(0, at), word.slice(at + name.length)];
    const [many, more] = [before === '' ? 1 : small.get(before), after === '' ? 0 : rest(after)];
    return many === undefined || more === undefined ? undefined : many * size + more;
  };
  return (word) => {
    if (word.length > longest || !(word.includes(hundred) || word.includes(thousand))) return undefined;
    const value = multiple(word, thousand, 1000, hundreds);
    return value === undefined ? undefined : { as: 'pair', value };
  };
}

/** einundzwanzig, eenentwintig: the unit comes first. */
export function unitsFirst(
  units: readonly (readonly string[])[],
  tens: Readonly<Record<string, number>>,
  and: string,
): Record<string, number> {
  const found: Record<string, number> = {};
  for (const [ten, value] of Object.entries(tens))
    units.forEach((names, unit) => {
      if (unit > 0) for (const name of names) found[`${name}${and}${ten}`] = value + unit;
    });
  return found;
}

/** The numbers below a hundred that one word says. */
export const smallOf = (
  units: readonly (readonly string[])[],
  ...more: readonly Readonly<Record<string, number>>[]
): ReadonlyMap<string, number> =>
  new Map([
    ...units.flatMap((names, value) => names.map((name): [string, number] => [name, value])),
    ...more.flatMap((each) => Object.entries(each)),
  ]);
