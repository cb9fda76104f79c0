import { shortest } from './issuer.ts';
import { type Path, start } from './path.ts';
import { endOf, type Run, startOf } from './run.ts';
import { Lattice, type Span, walk } from './walk.ts';

/** Utterances with digits that one card may be split over. */
export const partsMost = 4;
/** Utterances that may pass before a card goes on: “ok”, “yes, go on”. */
export const ageMost = 6;
/** Within one utterance: “4111, then it says 1111”, so many words at once and so many times. */
const wordsMost = 3;
const gapsMost = 4;
/** Fewer digits may be a count of something. */
const digitsOfPart = 3;
/** Beginnings kept; past them the longest stay, and the others are of the kind that `undecided` has cut. */
export const opensMost = 64;

/** The beginning of a card whose rest may still come. */
export type Open = Path &
  Readonly<{
    parts: number;
    /** Utterances since its last part. */
    age: number;
    role: string;
    /** Its parts have three digits or more, and stand in utterances that say little else. */
    clean: boolean;
    /** No part of it that other words part from another in one utterance has fewer. */
    sound: boolean;
    /** Its last part ended a card: what would make a longer one of it is more likely something else. */
    whole: boolean;
    /** Where its parts stand in this batch. */
    spans: readonly Span[];
  }>;

export type Utterance = Readonly<{
  message: number;
  role: string;
  runs: readonly Run[];
  /** Something was cut after the last run: nothing goes on from here. */
  sealed: boolean;
  /** Words that are neither numbers nor fillers. */
  words: number;
}>;
export type CardCut = Span & Readonly<{ lastFour: string }>;
/** An open card within an utterance: `here` once this utterance has a part of it. */
type Way = Open & Readonly<{ here: boolean; gaps: number; digits: number; shaped: boolean }>;

const fresh: Way = {
  ...start,
  parts: 0,
  age: 0,
  role: '',
  clean: true,
  sound: true,
  whole: false,
  spans: [],
  here: false,
  gaps: 0,
  digits: 0,
  shaped: false,
};

function enters(way: Way, run: Run, digits: number, words: number): boolean {
  if (run.signed) return false;
  if (!way.here) return way.parts < partsMost && (digits > 1 || (words === 0 && way.count >= shortest - 1));
  return !run.shaped && !way.shaped && !way.whole && run.wordsBefore <= wordsMost && way.gaps < gapsMost;
}

/** What “one moment” and a count of things do not interrupt. */
const staysOver = (way: Way, digits: number): boolean => digits <= 1 && (!way.here || way.digits >= digitsOfPart);

/** A way with this run’s part. */
function longer(way: Way, path: Path, start: number, run: Run, said: Utterance, whole: boolean): Way {
  const digits = path.count - way.count;
  return {
    ...path,
    parts: way.here ? way.parts : way.parts + 1,
    age: 0,
    role: said.role,
    clean: way.clean && digits >= digitsOfPart && said.words <= wordsMost,
    sound: way.sound && (!way.here || Math.min(digits, way.digits) >= digitsOfPart),
    whole: whole || way.whole,
    spans: [...way.spans, { message: said.message, start, end: endOf(run) }],
    here: true,
    gaps: way.here ? way.gaps + 1 : 0,
    digits,
    shaped: run.shaped,
  };
}

/** Beginnings that differ in nothing that the next digits ask are one, wherever its parts stand. */
export function merged<W extends Open>(ways: readonly W[], more: (way: W) => string = () => ''): W[] {
  const known = new Map<string, W>();
  for (const way of ways) {
    const { prefix, lengths, count, even, odd, parts, clean, sound, whole, role } = way;
    const key = `${lengths || prefix} ${count} ${even}${odd}${parts}${clean}${sound}${whole}${more(way)} ${role}`;
    const same = known.get(key);
    known.set(key, same === undefined ? way : { ...same, spans: [...new Set([...same.spans, ...way.spans])] });
  }
  const found = [...known.values()];
  return found.length <= opensMost ? found : found.sort((a, b) => b.count - a.count).slice(0, opensMost);
}

export type Followed = Readonly<{
  cuts: CardCut[];
  opens: Open[];
  /** Runs with too many meanings to follow. */
  lost: Span[];
  steps: number;
}>;

/** One utterance more: the cards that end in it, with all their parts, and the beginnings that stay open. */
export function follow(opens: readonly Open[], said: Utterance): Followed {
  const found: Followed & { steps: number } = { cuts: [], opens: [], lost: [], steps: 0 };
  let ways: Way[] = opens.map((open) => ({ ...fresh, ...open }));
  for (const run of said.runs) {
    if (run.cutBefore) ways = [];
    if (run.foreign) {
      ways = [];
      continue;
    }
    const lattice = new Lattice(run);
    const digits = lattice.digitsMost(digitsOfPart);
    const walked = walk(
      lattice,
      ways.filter((way) => enters(way, run, digits, said.words)),
    );
    found.steps += walked.steps;
    let whole = false;
    for (const { sources, end, lastFour } of walked.hits)
      for (const { start: from, entry = fresh } of sources) {
        if ((entry.whole || (run.shaped && entry !== fresh)) && end < endOf(run)) continue;
        whole ||= end === endOf(run);
        found.cuts.push(...entry.spans.map((span) => ({ ...span, lastFour: '' })));
        found.cuts.push({ message: said.message, start: from, end, lastFour });
      }
    if (walked.lost && lattice.digitsMost(shortest) >= shortest)
      found.lost.push({ message: said.message, start: startOf(run), end: endOf(run) });
    const longerWays = (run.signed ? [] : walked.leaving).flatMap(({ sources, path }) =>
      sources.map(({ start: from, entry = fresh }) => longer(entry, path, from, run, said, whole)),
    );
    ways = merged(
      [...longerWays, ...ways.filter((way) => staysOver(way, digits))],
      ({ here, gaps, digits: size, shaped }) => `${here}${gaps}${shaped}${size >= digitsOfPart}`,
    );
  }
  return { ...found, opens: surviving(opens, said.sealed ? [] : ways, said) };
}

/** The other side’s words interrupt nobody’s card, nor do words without digits. */
function surviving(before: readonly Open[], ways: readonly Way[], said: Utterance): Open[] {
  const older = (open: Open): Open => ({ ...open, age: open.age + 1 });
  const through = ways.map(({ here, gaps: _, digits: __, shaped: ___, ...open }) => (here ? open : older(open)));
  const over = before.filter((open) => open.role !== said.role).map(older);
  return merged([...through, ...over].filter(({ age }) => age <= ageMost));
}
