import { isCount } from '../forms/forms.ts';
import { hasOtherSign, isDated, isForeign, isTelephone } from '../forms/shapes.ts';
import { hints } from '../tokens/cues.ts';
import type { Numeral, Spoken, Token } from '../tokens/lex.ts';
import { isMonth } from '../words/months.ts';

/** How a number stands to the one before it: close enough to be one number with it, hyphenated, joined by “and”, or apart. */
export type Gap = 'tight' | 'hyphen' | 'and' | 'apart';
export type Item = (Numeral | Spoken) & Readonly<{ gap: Gap }>;

/** Numbers with nothing between them but separators and fillers. */
export type Run = Readonly<{
  items: readonly Item[];
  /** Other words since the run before, in the same text; Infinity when one of them says that another number begins. */
  wordsBefore: number;
  /** Something was cut since the run before: nothing goes on over it. */
  cutBefore: boolean;
  /** Something was cut right before or behind it, as if it were the rest of that: it is not judged by itself. */
  rest: boolean;
  /** Its tokens: the first, and the one after the last. */
  from: number;
  to: number;
  /** Written as a telephone number, a date, a time or an amount: nothing in its text goes on from it or into it. */
  shaped: boolean;
  /** Written as a date, a time or an amount, as which no part of a card is. */
  dated: boolean;
  /** Signed as one: nothing anywhere does. */
  signed: boolean;
  /** Known for something else by its form: no card is looked for. */
  foreign: boolean;
}>;

type Growing = { items: Item[]; wordsBefore: number; cutBefore: boolean; rest: boolean; from: number; to: number };

export const startOf = (run: Pick<Run, 'items'>): number => run.items[0]?.start ?? 0;
export const endOf = (run: Pick<Run, 'items'>): number => run.items.at(-1)?.end ?? 0;

function gapOf(text: string, from: number, to: number, between: readonly Token[]): Gap {
  if (between.length === 1 && between[0]?.as === 'word' && between[0].and) return 'and';
  if (between.length > 0) return 'apart';
  if (to === from + 1 && /\p{Pd}/u.test(text[from] ?? '')) return 'hyphen';
  for (let at = from; at < to; at += 1) if (!/[\s\p{Pd}]/u.test(text[at] ?? '')) return 'apart';
  return 'tight';
}

/** Words of a text that are neither numbers, months nor fillers: few mean that it says little but digits. */
export const wordsOf = (tokens: readonly Token[]): number =>
  tokens.filter((token) => token.as === 'word' && !token.filler && !isMonth(token.text)).length;

/** “4512 dollars and 1100 euros”, “order 4512, zip 94105”: two numbers, each of its own kind. */
const parts = (token: Token): boolean => hints(token, 'measure') || hints(token, 'other') || hints(token, 'card');

/** The runs of a text, in order. */
export function runsOf(text: string, tokens: readonly Token[]): Run[] {
  const runs: Growing[] = [];
  let [words, cutBefore] = [0, false];
  let between: Token[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.as === 'mark') {
      const before = runs.at(-1);
      if (before !== undefined && words === 0 && !cutBefore) before.rest = true;
      [words, cutBefore, between] = [0, true, []];
    } else if (token.as === 'word') {
      words += token.filler ? 0 : parts(token) ? Number.POSITIVE_INFINITY : 1;
      between.push(token);
    } else {
      const run = runs.at(-1);
      const last = run?.items.at(-1);
      if (run === undefined || last === undefined || words > 0 || cutBefore)
        runs.push({
          items: [{ ...token, gap: 'apart' }],
          wordsBefore: words,
          cutBefore,
          rest: cutBefore && words === 0,
          from: at,
          to: at + 1,
        });
      else {
        run.items.push({ ...token, gap: gapOf(text, last.end, token.start, between) });
        run.to = at + 1;
      }
      [words, cutBefore, between] = [0, false, []];
    }
  }
  return runs.map((run) => {
    const place = { start: startOf(run), end: endOf(run) };
    return {
      ...run,
      dated: isDated(text, place),
      shaped: isDated(text, place) || isTelephone(text, place),
      signed: hasOtherSign(text, place),
      foreign: isForeign(text, place) || isCount(run),
    };
  });
}
