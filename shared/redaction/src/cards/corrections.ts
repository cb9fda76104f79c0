import type { Cut } from '../cuts/cut.ts';
import { cutRuns } from '../cuts/cut-runs.ts';
import { endOf, type Run } from '../digits/run.ts';
import { Lattice, type Span } from '../digits/walk.ts';
import { hints } from '../tokens/cues.ts';
import { digitsFrom } from './open.ts';
import type { SpokenLine } from './undecided.ts';

/** How many words may stand between a number and its correction: “no wait, sorry, it's”. */
const wordsMost = 12;
const [correctedLeast, correctingLeast] = [4, 2];

/** Whether words between two places take a number back. They do not reach over a cut. */
function takesBack({ tokens }: SpokenLine, from: number, to: number): boolean {
  if (to - from > wordsMost) return false;
  const between = tokens.slice(from, to);
  return between.some((token) => hints(token, 'correction')) && !between.some(({ as }) => as === 'mark');
}

/** Numbers that a card corrects, and numbers that correct a part of a card: both belong to the card. */
export function corrections(runs: readonly Run[], line: SpokenLine, cuts: readonly Cut[], after: boolean): Span[] {
  const cut = cutRuns(
    runs,
    cuts.filter(({ kind }) => kind === 'card' || kind === 'card-part'),
  );
  const found: Span[] = [];
  const add = (run: Run, least: number): void => {
    if (run.rest || run.dated || run.signed || new Lattice(run).digitsMost(least) < least) return;
    if (line.here.get(run) === 'other') return;
    found.push({ message: line.message, start: digitsFrom(run), end: endOf(run) });
    cut.add(run);
  };
  const [first] = runs;
  if (after && first !== undefined && takesBack(line, 0, first.from)) add(first, correctedLeast);
  for (const [at, run] of runs.entries()) {
    const next = runs[at + 1];
    if (next === undefined || cut.has(run) === cut.has(next) || !takesBack(line, run.to, next.from)) continue;
    if (cut.has(run)) add(next, correctingLeast);
    else add(run, correctedLeast);
  }
  return found;
}
