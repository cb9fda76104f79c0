import type { Cut } from '../cuts/cut.ts';
import { cutRuns } from '../cuts/cut-runs.ts';
import { endOf, type Run } from '../digits/run.ts';
import { Lattice, type Span } from '../digits/walk.ts';
import { hints } from '../tokens/cues.ts';
import type { Token } from '../tokens/token.ts';
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

/** “4242 4243, sorry, 4242 …”: where words that only stand between digits take them back, a run is two numbers. */
function piecesOf(run: Run, tokens: readonly Token[]): Run[] {
  const found: Run[] = [];
  let [at, from] = [0, run.from];
  for (let place = run.from; place <= run.to; place += 1) {
    const token = place < run.to ? tokens[place] : undefined;
    if (token !== undefined && !hints(token, 'correction')) continue;
    const items = run.items.slice(at).filter(({ start }) => token === undefined || start < token.start);
    if (items.length > 0) found.push({ ...run, items, from, to: place, rest: run.rest && at === 0 });
    [at, from] = [at + items.length, place + 1];
  }
  return found;
}

/** Numbers that a card corrects, and numbers that correct a part of a card: both belong to the card. */
export function corrections(all: readonly Run[], line: SpokenLine, cuts: readonly Cut[], after: boolean): Span[] {
  const isCorrected = line.tokens.some((token) => hints(token, 'correction'));
  if (!isCorrected) return [];
  const parents = new Map(all.flatMap((run) => piecesOf(run, line.tokens).map((piece) => [piece, run] as const)));
  const runs = [...parents.keys()];
  const cut = cutRuns(
    runs,
    cuts.filter(({ kind }) => kind === 'card' || kind === 'card-part'),
  );
  const found: Span[] = [];
  const add = (run: Run, least: number): void => {
    if (run.rest || run.dated || run.signed || new Lattice(run).digitsMost(least) < least) return;
    if (line.here.get(parents.get(run) ?? run) === 'other') return;
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
