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
  /** Beginnings within the utterance that did not go on, and cards with one wrong digit. */
  left: readonly Open[];
  /** Runs with too many meanings to follow. */
  lost: readonly Span[];
  steps: number;
}>;

function enters(way: Way, run: Run, digits: number, utterance: Utterance): boolean {
  if (run.signed) return false;
  if (!way.here)
    return way.parts < partsMost && (digits > 1 || utterance.words === 0) && !(way.whole && utterance.isElse(run));
  const most = way.thick && digits >= digitsOfPart ? wordsOfThickMost : wordsMost;
  return !run.shaped && !way.shaped && !way.whole && run.wordsBefore <= most && way.gaps < gapsMost;
}

/** What “one moment” and a count of things do not interrupt. */
const staysOver = (way: Way, digits: number): boolean => digits <= 1 && (!way.here || way.digits >= digitsOfPart);

/** A way that continues a whole card, or goes on in a date, must take all of the run: a part of it would be chance. */
const isChance = (way: Way, run: Run, end: number): boolean =>
  (way.whole || (run.shaped && way !== fresh)) && end < endOf(run);

/** Parts as near as this are cut as one: between them stands nothing worth keeping, as in “4242の4242”. */
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

const onwardsBy = (walked: readonly Leaving<Way>[], run: Run, utterance: Utterance): Way[] =>
  walked.flatMap(({ sources, path }) =>
    sources.map(({ start, entry = fresh }) => longer(entry, path, start, run, utterance)),
  );

/** The longest open way for each number of parts. The others would cut nothing more. */
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

/** The ways that stay open after a run. If a card ended with the run, they count as whole. */
function onwards(
  ways: readonly Way[],
  leaving: Walked<Way>['leaving'],
  run: Run,
  utterance: Utterance,
  ended: boolean,
): Way[] {
  const on = onwardsBy(run.signed ? [] : leaving, run, utterance);
  return merged(
    [...on.map((way) => (ended ? { ...way, whole: true } : way)), ...ways],
    ({ here, gaps, digits, shaped }) => `${here}${gaps}${shaped}${digits >= digitsOfPart}`,
  );
}

/** Reads one more utterance: the cards that end in it, with all their parts, and the beginnings that stay open. */
export function follow(opens: readonly Open[], utterance: Utterance): Followed {
  const [cuts, lost, left]: [CardCut[], Span[], Open[]] = [[], [], []];
  let steps = 0;
  let ways: readonly Way[] = opens.map((open) => ({ ...fresh, ...open }));
  for (const run of utterance.runs) {
    if (run.cutBefore || run.foreign) ways = [];
    if (run.foreign) continue;
    const lattice = new Lattice(run);
    const digits = lattice.digitsMost(digitsOfPart);
    const entering = ways.filter((way) => enters(way, run, digits, utterance));
    const walked = walk(lattice, entering);
    const found = walked.hits.flatMap((hit) => cutsOf(hit, run, utterance.message));
    if (walked.lost && lattice.digitsMost(shortest) >= shortest)
      lost.push({ message: utterance.message, start: startOf(run), end: endOf(run) });
    const ended = found.some(({ message, end }) => message === utterance.message && end === endOf(run));
    const from = found.reduce(
      (least, { message, start, end }) =>
        message === utterance.message && end === endOf(run) && start < least ? start : least,
      Number.POSITIVE_INFINITY,
    );
    const over = ways.filter((way) => staysOver(way, digits));
    left.push(...strongest(ways.filter((way) => !staysOver(way, digits))));
    if (!ended && !run.signed && !run.rest) left.push(...strongest(onwardsBy(walked.missed, run, utterance)));
    ways = onwards(over, ended ? outside(walked.leaving, from) : walked.leaving, run, utterance, ended);
    for (const cut of found) cuts.push(cut);
    steps += walked.steps;
  }
  return { cuts, opens: surviving(opens, utterance.sealed ? [] : ways, utterance), left, lost, steps };
}

/** A card goes on over words of the other side and over words without digits. */
function surviving(before: readonly Open[], ways: readonly Way[], utterance: Utterance): Open[] {
  const older = (open: Open): Open => ({ ...open, age: open.age + 1 });
  const through = ways.map(({ here, gaps: _, digits: __, shaped: ___, ...open }) => (here ? open : older(open)));
  const over = before.filter((open) => open.role !== utterance.role).map(older);
  return merged([...through, ...over].filter(({ age }) => age <= ageMost));
}
