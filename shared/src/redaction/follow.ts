import { shortest } from './issuer.ts';
import { digitsOfPart, fresh, longer, merged, type Open, type Utterance, type Way, wordsMost } from './open.ts';
import { endOf, type Run, startOf } from './run.ts';
import { type Hit, Lattice, type Span, type Walked, walk } from './walk.ts';

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
  /** Runs with too many meanings to follow. */
  lost: readonly Span[];
  steps: number;
}>;

function enters(way: Way, run: Run, digits: number, words: number): boolean {
  if (run.signed) return false;
  if (!way.here) return way.parts < partsMost && (digits > 1 || (words === 0 && way.count >= shortest - 1));
  return !run.shaped && !way.shaped && !way.whole && run.wordsBefore <= wordsMost && way.gaps < gapsMost;
}

/** What “one moment” and a count of things do not interrupt. */
const staysOver = (way: Way, digits: number): boolean => digits <= 1 && (!way.here || way.digits >= digitsOfPart);

/** A longer card of a whole one, or one that goes on in a date, takes all of the run: a part of it is chance. */
const isChance = (way: Way, run: Run, end: number): boolean =>
  (way.whole || (run.shaped && way !== fresh)) && end < endOf(run);

/** A card’s parts, each where it stands. */
const cutsOf = ({ sources, end, lastFour }: Hit<Way>, run: Run, message: number): CardCut[] =>
  sources.flatMap(({ start, entry = fresh }) =>
    isChance(entry, run, end)
      ? []
      : [...entry.spans.map((span) => ({ ...span, lastFour: '' })), { message, start, end, lastFour }],
  );

/** Ways that stay open after a run. Where a card ended with it, they count as whole. */
function onwards(ways: readonly Way[], { leaving }: Walked<Way>, run: Run, said: Utterance, ended: boolean): Way[] {
  const on = (run.signed ? [] : leaving).flatMap(({ sources, path }) =>
    sources.map(({ start, entry = fresh }) => longer(entry, path, start, run, said)),
  );
  return merged(
    [...on.map((way) => (ended ? { ...way, whole: true } : way)), ...ways],
    ({ here, gaps, digits, shaped }) => `${here}${gaps}${shaped}${digits >= digitsOfPart}`,
  );
}

/** One utterance more: the cards that end in it, with all their parts, and the beginnings that stay open. */
export function follow(opens: readonly Open[], said: Utterance): Followed {
  const [cuts, lost]: [CardCut[], Span[]] = [[], []];
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
    const over = ways.filter((way) => staysOver(way, digits));
    ways = onwards(over, walked, run, said, ended);
    cuts.push(...found);
    steps += walked.steps;
  }
  return { cuts, opens: surviving(opens, said.sealed ? [] : ways, said), lost, steps };
}

/** The other side’s words interrupt nobody’s card, nor do words without digits. */
function surviving(before: readonly Open[], ways: readonly Way[], said: Utterance): Open[] {
  const older = (open: Open): Open => ({ ...open, age: open.age + 1 });
  const through = ways.map(({ here, gaps: _, digits: __, shaped: ___, ...open }) => (here ? open : older(open)));
  const over = before.filter((open) => open.role !== said.role).map(older);
  return merged([...through, ...over].filter(({ age }) => age <= ageMost));
}
