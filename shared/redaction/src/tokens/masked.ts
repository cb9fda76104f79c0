import { type Cut, united } from '../cuts/cut.ts';
import type { Token } from './token.ts';

/** The tokens of a text with marks in the place of its cuts. */
export function masked(tokens: readonly Token[], cuts: readonly Cut[]): readonly Token[] {
  if (cuts.length === 0) return tokens;
  const found: Token[] = [];
  const marks = united(cuts).map(({ start, end, kind }): Token => {
    return { as: 'mark', start, end, kind: kind === 'card-part' ? 'card' : kind };
  });
  let at = 0;
  for (const token of tokens) {
    for (let mark = marks[at]; mark !== undefined && mark.end <= token.start; mark = marks[at]) {
      found.push(mark);
      at += 1;
    }
    const mark = marks[at];
    if (mark === undefined || token.end <= mark.start) found.push(token);
  }
  return [...found, ...marks.slice(at)];
}
