import { type Path, start } from '../digits/path.ts';
import { endOf, type Run } from '../digits/run.ts';
import type { Span } from '../digits/walk.ts';

/** How many words may stand between two parts in one utterance, as in “4111, then it says 1111”. */
export const wordsMost = 4;
/** The same behind three digits or more, as in “4111, hold on, let me turn it over, 1111”. */
export const wordsOfThickMost = 8;
/** Fewer digits may be a count of something. */
export const digitsOfPart = 3;
/**
 * How many beginnings are kept. Above that, beginnings without a whole card stay, the longest first; the others are of
 * the kind that `undecided` has cut.
 */
export const opensMost = 64;

/** The beginning of a card whose rest may still come. */
export type Open = Path &
  Readonly<{
    parts: number;
    /** Utterances since its last part. */
    age: number;
    role: string;
    /** It begins where numbers begin, and not within others. */
    leads: boolean;
    /** Each of its parts has three digits or more. */
    thick: boolean;
    /** Its utterances say little else. */
    terse: boolean;
    /** Its last part ended a card, so a longer card is less likely than something else. */
    whole: boolean;
    /** Where its parts stand in this batch. */
    spans: readonly Span[];
  }>;

/**
 * An open card within an utterance. `here` is true once this utterance has a part of it; `digits` counts the last part.
 */
export type Way = Open & Readonly<{ here: boolean; gaps: number; digits: number; shaped: boolean }>;

/** Nothing heard yet. */
export const fresh: Way = {
  ...start,
  parts: 0,
  age: 0,
  role: '',
  leads: true,
  thick: true,
  terse: true,
  whole: false,
  spans: [],
  here: false,
  gaps: 0,
  digits: 0,
  shaped: false,
};

/** Where a run begins, without a leading “oh”; nowhere when it goes on after a cut. */
const leadOf = (run: Run): number => (run.cutBefore && run.wordsBefore === 0 ? -1 : digitsFrom(run));

/** Where the first of a run stands that is a digit for certain. */
export const digitsFrom = ({ items: [first, second] }: Pick<Run, 'items'>): number =>
  ((first?.as === 'spoken' && first.word.maybe === true ? second : first) ?? first)?.start ?? 0;

export type Utterance = Readonly<{
  message: number;
  role: string;
  runs: readonly Run[];
  /** Something was cut after the last run: nothing goes on from here. */
  sealed: boolean;
  /** Words that are neither numbers nor fillers. */
  words: number;
  /** Whether digits are named as something else: what follows a whole card is then no end of a longer one. */
  isElse: (run: Run) => boolean;
}>;

/** A way with a part from `from` to the end of a run. */
export function longer(way: Way, path: Path, from: number, run: Run, utterance: Utterance): Way {
  const digits = path.count - way.count;
  return {
    ...path,
    parts: way.here ? way.parts : way.parts + 1,
    age: 0,
    role: utterance.role,
    leads: way.leads && (way !== fresh || from <= leadOf(run)),
    thick: way.thick && digits >= digitsOfPart,
    terse: way.terse && utterance.words <= wordsMost,
    whole: way.whole,
    spans: [...way.spans, { message: utterance.message, start: from, end: endOf(run) }],
    here: true,
    gaps: way.here ? way.gaps + 1 : 0,
    digits,
    shaped: run.shaped,
  };
}

/** Merges beginnings that the next digits cannot tell apart, wherever their parts stand. */
export function merged<W extends Open>(ways: readonly W[], more: (way: W) => string = () => ''): W[] {
  const known = new Map<string, W>();
  for (const way of ways) {
    const { prefix, lengths, count, even, odd, parts, leads, thick, terse, whole, role } = way;
    const key = `${lengths || prefix} ${count} ${even}${odd}${parts}${leads}${thick}${terse}${whole}${more(way)} ${role}`;
    const same = known.get(key);
    known.set(key, same === undefined ? way : { ...same, spans: [...new Set([...same.spans, ...way.spans])] });
  }
  const found = [...known.values()];
  return found.length <= opensMost
    ? found
    : found.sort((a, b) => Number(a.whole) - Number(b.whole) || b.count - a.count).slice(0, opensMost);
}
