import { type Run, startOf } from '../digits/run.ts';
import { hints } from '../tokens/cues.ts';
import type { Token } from '../tokens/token.ts';

/** So many digits of a card may be shown. */
export const lastFour = 4;
const [namedBefore, namedBehind] = [4, 2];
/** “auf 4242 endet”. */
const ends = new Set('endet endend endende eindigt eindigend'.split(' '));
/** “**** 4242”. */
const masked = /[*•●·#x×]{2}[ -]?$/i;
const maskLongest = 3;

/** Whether digits are the last ones of a card, by name or because the others are masked: “ending in 4242”. */
export function isLastFour(text: string, tokens: readonly Token[], run: Run): boolean {
  for (let at = run.from - namedBefore; at < run.from; at += 1) if (hints(tokens[at], 'lastFour')) return true;
  for (let at = run.to; at < run.to + namedBehind; at += 1) {
    const token = tokens[at];
    if (token?.as === 'word' && ends.has(token.text)) return true;
  }
  return masked.test(text.slice(Math.max(0, startOf(run) - maskLongest), startOf(run)));
}
