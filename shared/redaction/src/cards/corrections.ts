import type { Cut } from '../cuts/cut.ts';
import { cutRuns } from '../cuts/cut-runs.ts';
import { endOf, type Run } from '../digits/run.ts';
import { Lattice, type Span } from '../digits/walk.ts';
import { hints } from '../tokens/cues.ts';
import { digitsFrom } from './open.ts';
import type { Said } from './undecided.ts';

/** “no wait, sorry, it’s”: between a number and what it should have been are so many words at most. */
const wordsMost = 12;
const [correctedLeast, correctingLeast] = [4, 2];

/** Whether words between two places take back what was said; over what was cut they reach no further. */
function takesBack({ tokens }: Said, from: number, to: number): boolean {
  if (to - from > wordsMost) return false;
  const between = tokens.slice(from, to);
  return between.some((token) => hints(token, 'correction')) && !between.some(({ as }) => as === 'mark');
}

/** Numbers that a card takes back, and those that take back a part of one: both are of the card. */
export function corrections(runs: readonly Run[], said: Said, cuts: readonly Cut[], after: boolean): Span[] {
  const cut = cutRuns(
    runs,
    cuts.filter(({ kind }) => kind === 'card' || kind === 'card-part'),
  );
  const found: Span[] = [];
  const add = (run: Run, least: number): void => {
    if (run.rest || run.dated || run.signed || new Lattice(run).digitsMost(least) < least) return;
    if (said.here.get(run) === 'other') return;
    found.push({ message: said.message, start: digitsFrom(run), end: endOf(run) });
    cut.add(run);
  };
  const [first] = runs;
  if (after && first !== undefined && takesBack(said, 0, first.from)) add(first, correctedLeast);
  for (const [at, run] of runs.entries()) {
    const next = runs[at + 1];
    if (next === undefined || cut.has(run) === cut.has(next) || !takesBack(said, run.to, next.from)) continue;
    if (cut.has(run)) add(next, correctingLeast);
    else add(run, correctedLeast);
  }
  return found;
}
