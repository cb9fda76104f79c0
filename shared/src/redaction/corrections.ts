import { hints, topicBefore } from './cues.ts';
import type { Cut } from './cut.ts';
import { digitsFrom } from './open.ts';
import { endOf, type Run, startOf } from './run.ts';
import type { Said } from './undecided.ts';
import { Lattice, type Span } from './walk.ts';

/** “no wait, sorry, it’s”: between a number and what it should have been are so many words at most. */
const wordsMost = 12;
const [correctedLeast, correctingLeast] = [4, 2];

const isCut = (run: Run, cuts: readonly Pick<Cut, 'start' | 'end'>[]): boolean =>
  cuts.some((cut) => cut.start < endOf(run) && startOf(run) < cut.end);

/** Whether words between two places take back what was said. */
const takesBack = ({ tokens }: Said, from: number, to: number): boolean =>
  to - from <= wordsMost && tokens.slice(from, to).some((token) => hints(token, 'correction'));

/** Numbers that a card takes back, and those that take back a part of one: both are of the card. */
export function corrections(
  runs: readonly Run[],
  said: Said,
  cuts: readonly Pick<Cut, 'start' | 'end' | 'kind'>[],
  after: boolean,
): Span[] {
  const cards = cuts.filter(({ kind }) => kind === 'card' || kind === 'card-part');
  const found: Span[] = [];
  const add = (run: Run, least: number): void => {
    const span = { message: said.message, start: digitsFrom(run), end: endOf(run) };
    if (run.rest || run.dated || run.signed || new Lattice(run).digitsMost(least) < least) return;
    if (topicBefore(said.tokens, span.start) !== 'other') found.push(span);
  };
  const [first] = runs;
  if (after && first !== undefined && takesBack(said, 0, first.from)) add(first, correctedLeast);
  for (const [at, run] of runs.entries()) {
    const next = runs[at + 1];
    if (next === undefined || !takesBack(said, run.to, next.from)) continue;
    if (isCut(run, [...cards, ...found])) add(next, correctingLeast);
    else if (isCut(next, cards)) add(run, correctedLeast);
  }
  return found;
}
