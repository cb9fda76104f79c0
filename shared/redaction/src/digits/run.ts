import type { Numeral, Spoken } from '../tokens/token.ts';

/**
 * How a number stands to the one before it: close enough to be one number with it, hyphenated, joined by “and”, or
 * apart.
 */
export type Gap = 'tight' | 'hyphen' | 'and' | 'apart';
export type Item = (Numeral | Spoken) & Readonly<{ gap: Gap }>;

/** Numbers with nothing between them but separators and fillers. */
export type Run = Readonly<{
  items: readonly Item[];
  /**
   * How many other words stand since the run before, in the same text; Infinity when one of them says that another
   * number begins.
   */
  wordsBefore: number;
  /** Something was cut since the run before: nothing goes on over it. */
  cutBefore: boolean;
  /** A cut touches it, as if it were the rest of that cut: it is not judged by itself. */
  rest: boolean;
  /** Its tokens: the first, and the one after the last. */
  from: number;
  to: number;
  /**
   * Written as a telephone number, a date, a time or an amount: nothing in its text continues it or is continued by it.
   */
  shaped: boolean;
  /** Written as a date, a time or an amount, as which no part of a card is. */
  dated: boolean;
  /** Signed as one: nothing anywhere does. */
  signed: boolean;
  /** Known for something else by its form: no card is looked for. */
  foreign: boolean;
}>;

export const startOf = (run: Pick<Run, 'items'>): number => run.items[0]?.start ?? 0;
export const endOf = (run: Pick<Run, 'items'>): number => run.items.at(-1)?.end ?? 0;
