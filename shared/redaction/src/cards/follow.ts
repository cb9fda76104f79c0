import { shortest } from '../digits/issuer.ts';
import { endOf, type Run, startOf } from '../digits/run.ts';
import { type Hit, Lattice, type Leaving, type Span, type Walked, walk } from '../digits/walk.ts';
import {
  digitsOfPart,
  fresh,
  longer,
  merged,
  type Open,
  type Utterance,
  type Way,
  wordsMost,
  wordsOfThickMost,
} from './open.ts';

/** Utterances with digits that one card may be split over. */
export const partsMost = 4;
/** Utterances that may pass before a card goes on: “ok”, “yes, go on”. */
export const ageMost = 6;
/** Times that other words may come between its digits in one utterance. */
const gapsMost = 4;

export type CardCut = Span & Readonly<{ lastFour: string }>;
export type Followed = Readonly<{
  cuts: readonly CardCut[];
  opens: readonly Open[];
  /** Beginnings within the utterance that nothing went on from, and cards but for one digit. */
  left: readonly Open[];
  /** Runs with too many meanings to follow. */
  lost: readonly Span[];
  steps: number;
}>;

function enters(way: Way, run: Run, digits: number, words: number): boolean {
  if (run.signed) return false;
  if (!way.here) return way.parts < partsMost && (digits > 1 || words === 0);
  const most = way.thick && digits >= digitsOfPart ? wordsOfThickMost : wordsMost;
  return !run.shaped && !way.shaped && !way.whole && run.wordsBefore <= most && way.gaps < gapsMost;
}

/** What “one moment” and a count of things do not interrupt. */
const staysOver = (way: Way, digits: number): boolean => digits <= 1 && (!way.here || way.digits >= digitsOfPart);

/** A longer card of a whole one, or one that goes on in a date, takes all of the run: a part of it is chance. */
const isChance = (way: Way, run: Run, end: number): boolean =>
  (way.whole || (run.shaped && way !== fresh)) && end < endOf(run);

/** Between parts as near as that is nothing that is worth to be kept: “4242の4242”. */
const nearMost = 3;

/** Parts of one card, those that almost touch as one. */
function closed(parts: readonly CardCut[]): CardCut[] {
  const found: CardCut[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    const near = last !== undefined && last.message === part.message && Math.abs(part.start - last.end) <= nearMost;
    if (near) found[found.length - 1] = { ...part, start: last.start };
    else found.push(part);
  }
  return found;
}

/** A card’s parts, each where it stands. */
const cutsOf = ({ sources, end, lastFour }: Hit<Way>, run: Run, message: number): CardCut[] =>
  sources.flatMap(({ start, entry = fresh }) =>
    isChance(entry, run, end)
      ? []
      : closed([...entry.spans.map((span) => ({ ...span, lastFour: '' })), { message, start, end, lastFour }]),
  );

const onwardsBy = (walked: readonly Leaving<Way>[], run: Run, said: Utterance): Way[] =>
  walked.flatMap(({ sources, path }) =>
    sources.map(({ start, entry = fresh }) => longer(entry, path, start, run, said)),
  );

/** Of ways that nothing goes on from, the longest for each number of parts: what it has cut, the others would have. */
function strongest(ways: readonly Way[]): Way[] {
  const found = new Map<number, Way>();
  for (const way of ways) {
    const key = way.parts * 2 + (way.leads && way.thick ? 1 : 0);
    if (way.here && way.count > (found.get(key)?.count ?? digitsOfPart)) found.set(key, way);
  }
  return [...found.values()];
}

/** Ways that begin within a card that ended are chance. */
const outside = (leaving: Walked<Way>['leaving'], from: number): Leaving<Way>[] =>
  leaving.map(({ sources, path }) => ({ path, sources: sources.filter(({ start }) => start <= from) }));

/** Ways that stay open after a run. Where a card ended with it, they count as whole. */
function onwards(
  ways: readonly Way[],
  leaving: Walked<Way>['leaving'],
  run: Run,
  said: Utterance,
  ended: boolean,
): Way[] {
  const on = onwardsBy(run.signed ? [] : leaving, run, said);
  return merged(
    [...on.map((way) => (ended ? { ...way, whole: true } : way)), ...ways],
    ({ here, gaps, digits, shaped }) => `${here}${gaps}${shaped}${digits >= digitsOfPart}`,
  );
}

/** One utterance more: the cards that end in it, with all their parts, and the beginnings that stay open. */
export function follow(opens: readonly Open[], said: Utterance): Followed {
  const [cuts, lost, left]: [CardCut[], Span[], Open[]] = [[], [], []];
  let steps = 0;
  let ways: readonly Way[] = opens.map((open) => ({ ...fresh, ...open }));
  for (const run of said.runs) {
    if (run.cutBefore || run.foreign) ways = [];
    if (run.foreign) continue;
    const lattice = new Lattice(run);
    const digits = lattice.digitsMost(digitsOfPart);
    const entering = ways.filter((way) => enters(way, run, digits, said.words));
    const walked = walk(lattice, entering);
    const found = walked.hits.flatMap((hit) => cutsOf(hit, run, said.message));
    if (walked.lost && lattice.digitsMost(shortest) >= shortest)
      lost.push({ message: said.message, start: startOf(run), end: endOf(run) });
    const ended = found.some(({ message, end }) => message === said.message && end === endOf(run));
    const from = found.reduce(
      (least, { message, start, end }) =>
        message === said.message && end === endOf(run) && start < least ? start : least,
      Number.POSITIVE_INFINITY,
    );
    const over = ways.filter((way) => staysOver(way, digits));
    left.push(...strongest(ways.filter((way) => !staysOver(way, digits))));
    if (!ended && !run.signed && !run.rest) left.push(...strongest(onwardsBy(walked.missed, run, said)));
    ways = onwards(over, ended ? outside(walked.leaving, from) : walked.leaving, run, said, ended);
    for (const cut of found) cuts.push(cut);
    steps += walked.steps;
  }
  return { cuts, opens: surviving(opens, said.sealed ? [] : ways, said), left, lost, steps };
}

/** The other side’s words interrupt nobody’s card, nor do words without digits. */
function surviving(before: readonly Open[], ways: readonly Way[], said: Utterance): Open[] {
  const older = (open: Open): Open => ({ ...open, age: open.age + 1 });
  const through = ways.map(({ here, gaps: _, digits: __, shaped: ___, ...open }) => (here ? open : older(open)));
  const over = before.filter((open) => open.role !== said.role).map(older);
  return merged([...through, ...over].filter(({ age }) => age <= ageMost));
}
