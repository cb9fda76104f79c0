import type { Numeral, Spoken, Token } from './lex.ts';
import { isMonth } from './months.ts';
import { hasOtherShape } from './shapes.ts';

/** How a number stands to the one before it: close enough to be one number with it, joined by “and”, or apart. */
export type Gap = 'tight' | 'and' | 'apart';
export type Item = (Numeral | Spoken) & Readonly<{ gap: Gap }>;

/** Numbers with nothing between them but separators and fillers. */
export type Run = Readonly<{
  items: readonly Item[];
  /** Other words since the run before, in the same text; Infinity after a mark, which nothing crosses. */
  wordsBefore: number;
  /** Its tokens: the first, and the one after the last. */
  from: number;
  to: number;
  /** Written as a telephone number, a date or a time. */
  shaped: boolean;
}>;

type Growing = { items: Item[]; wordsBefore: number; from: number; to: number };

export const startOf = (run: Pick<Run, 'items'>): number => run.items[0]?.start ?? 0;
export const endOf = (run: Pick<Run, 'items'>): number => run.items.at(-1)?.end ?? 0;

function gapOf(text: string, from: number, to: number, between: readonly Token[]): Gap {
  if (between.length === 1 && between[0]?.as === 'word' && between[0].and) return 'and';
  if (between.length > 0) return 'apart';
  for (let at = from; at < to; at += 1) if (!/[\s\p{Pd}]/u.test(text[at] ?? '')) return 'apart';
  return 'tight';
}

/** Words of a text that are neither numbers, months nor fillers: few mean that it says little but digits. */
export const wordsOf = (tokens: readonly Token[]): number =>
  tokens.filter((token) => token.as === 'word' && !token.filler && !isMonth(token.text)).length;

/** The runs of a text, in order. */
export function runsOf(text: string, tokens: readonly Token[]): Run[] {
  const runs: Growing[] = [];
  let words = 0;
  let between: Token[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.as === 'mark') [words, between] = [Number.POSITIVE_INFINITY, []];
    else if (token.as === 'word') {
      words += token.filler ? 0 : 1;
      between.push(token);
    } else {
      const run = runs.at(-1);
      const last = run?.items.at(-1);
      if (run === undefined || last === undefined || words > 0)
        runs.push({ items: [{ ...token, gap: 'apart' }], wordsBefore: words, from: at, to: at + 1 });
      else {
        run.items.push({ ...token, gap: gapOf(text, last.end, token.start, between) });
        run.to = at + 1;
      }
      [words, between] = [0, []];
    }
  }
  return runs.map((run) => ({ ...run, shaped: hasOtherShape(text, { start: startOf(run), end: endOf(run) }) }));
}
