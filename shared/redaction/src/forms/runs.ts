import { endOf, type Gap, type Item, type Run, startOf } from '../digits/run.ts';
import { hints } from '../tokens/cues.ts';
import type { Token } from '../tokens/token.ts';
import { isMonth } from '../words/months.ts';
import { isCount } from './forms.ts';
import { hasOtherSign, isDated, isForeign, isTelephone } from './shapes.ts';

type Growing = { items: Item[]; wordsBefore: number; cutBefore: boolean; rest: boolean; from: number; to: number };

function gapOf(text: string, from: number, to: number, between: readonly Token[]): Gap {
  if (between.length === 1 && between[0]?.as === 'word' && between[0].and) return 'and';
  if (between.length > 0) return 'apart';
  if (to === from + 1 && /\p{Pd}/u.test(text[from] ?? '')) return 'hyphen';
  for (let at = from; at < to; at += 1) if (!/[\s\p{Pd}]/u.test(text[at] ?? '')) return 'apart';
  return 'tight';
}

/** How many words of a text are neither numbers, months nor fillers. Few mean that the text is mostly digits. */
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
