import { isOneOfHundreds } from '../digits/cardinals.ts';
import { longest } from '../digits/issuer.ts';
import { endOf, type Run, startOf } from '../digits/run.ts';
import { spellings } from '../digits/spellings.ts';
import { Lattice, type Span } from '../digits/walk.ts';
import { isFormed, isGroupedOtherwise } from '../forms/forms.ts';
import { isSpokenTime } from '../forms/times.ts';
import { hints, type Topic, topicAfter, topicsBefore } from '../tokens/cues.ts';
import type { Token } from '../tokens/token.ts';
import { isMonth } from '../words/months.ts';
import { isLastFour, lastFour } from './last-four.ts';
import { digitsFrom, type Open } from './open.ts';

/**
 * Digits of a card's beginning that may leave when a sentence says nothing of a card: the first six and any four more,
 * as PCI DSS lets a truncated number keep (PCI SSC, FAQ 1091). Telephone numbers have no more. Longer beginnings are
 * cut at once: nothing that has left can be called back.
 */
export const freeInProse = 10;
/** The same, after somebody spoke of a card, or when an utterance is digits and nothing else. */
export const freeOfCard = 3;

/** The same, after somebody spoke of paying: an amount has fewer digits, and a card's first six name its issuer. */
export const freeOfPayment = 6;

/** The same, when an utterance of only digits answers a question for a card. */
const freeOfAnswer = 0;

/** How many digits an expiry and a code have together: after a word about them, so few begin no card. */
const detailMost = 10;

export type SpokenLine = Readonly<{
  message: number;
  text: string;
  tokens: readonly Token[];
  runs: readonly Run[];
  words: number;
  /** What was spoken of before. */
  topic: Topic | undefined;
  /** A card was said not long before: who says one may say another. */
  afterCard: boolean;
  /** What the utterance speaks of: before each of its runs, and in all. */
  here: ReadonlyMap<Run, Topic | undefined>;
  after: Topic | undefined;
  byEnd: ReadonlyMap<number, Run>;
}>;

/** An utterance with what is asked of it again and again. */
export function spokenLine(
  of: Pick<SpokenLine, 'message' | 'text' | 'tokens' | 'runs' | 'words' | 'topic' | 'afterCard'>,
): SpokenLine {
  const topics = topicsBefore(of.tokens, of.runs.map(startOf));
  return {
    ...of,
    here: new Map(of.runs.map((run, at) => [run, topics[at]])),
    after: topicAfter(of.tokens),
    byEnd: new Map(of.runs.map((run) => [endOf(run), run])),
  };
}

type Beginning = Pick<Open, 'count' | 'parts' | 'leads' | 'thick' | 'terse' | 'whole'>;

const isNamedElse = (topic: Topic | undefined): boolean => topic === 'other' || topic === 'iban' || topic === 'ssn';

/**
 * The topic of a run: the one before it, or else the one behind it in its utterance. A mark leaves no topic, and must
 * not make a run suspicious that was not. So the topic behind also counts after a payment, and for digits too many for
 * a code.
 */
function topicAt(run: Run, { here, topic, after }: SpokenLine): Topic | undefined {
  const before = here.get(run) ?? topic;
  const isTold = (before === 'payment' && after === 'card') || (before === 'detail' && isNamedElse(after));
  return isTold ? after : (before ?? after);
}

/** Whether digits are something else: by their name, or as the few digits of an expiry and a code. */
const isElse = (topic: Topic | undefined, count: number): boolean =>
  isNamedElse(topic) || (topic === 'detail' && count <= detailMost);

/** Whether words around digits, or before them in an earlier utterance, name something else or count it. */
export const isNamed = (run: Run, line: SpokenLine): boolean =>
  isNamedElse(line.here.get(run) ?? line.topic) || isCounted(run, line);

const year = /^(?:19|20)\d\d$/;
const yearMost = 4;
/** “April 12, 2024”, “24 December 2026”: a month beside days and years. */
function isOfMonth(run: Run, { tokens }: SpokenLine): boolean {
  const { items, from, to } = run;
  // “marzo de dos mil”: a joint between.
  const beside = [tokens[from - 2], tokens[from - 1], tokens[to]];
  if (!beside.some((token) => token?.as === 'word' && isMonth(token.text))) return false;
  if (items.every(({ as }) => as === 'spoken')) return spellings(run, yearMost).some((digits) => year.test(digits));
  return items.every((item) => item.as === 'digits' && (Number(item.digits) < 32 || year.test(item.digits)));
}

/** “4512 dollars”, “it costs 4512”, “4242 Market Street”. */
const isCounted = (run: Run, line: SpokenLine): boolean =>
  hints(line.tokens[run.to], 'measure') ||
  hints(line.tokens[run.from - 1], 'price') ||
  hints(line.tokens[run.to], 'price') ||
  isOfMonth(run, line) ||
  line.tokens.slice(run.to, run.to + streetWords).some((token) => hints(token, 'street'));
const streetWords = 3;

/** A part of one or two digits may be a count of something. In utterances of only digits it may begin a card too. */
const isBare = ({ terse, whole }: Beginning, { words }: SpokenLine): boolean => terse && !whole && words === 0;

/**
 * Whether a part must be cut although its card is not whole: its digits are many, begin like a card, and can be nothing
 * else.
 */
function suspicious(open: Beginning, span: Span, line: SpokenLine, left: boolean): boolean {
  if (open.count <= freeOfCard) return false;
  const run = line.byEnd.get(span.end);
  if (run === undefined || run.dated || !open.leads || (open.parts > 1 && !open.terse)) return false;
  if (isCounted(run, line) || (isLastFour(line.text, line.tokens, run) && open.count <= lastFour)) return false;
  // What is spoken of later says nothing of a number that was left.
  const topic = left ? (line.here.get(run) ?? line.topic) : topicAt(run, line);
  if (isElse(topic, open.count)) return false;
  if (topic === 'card' && (open.thick || open.terse)) return true;
  if (open.parts === 1 && isOneOfHundreds(run)) return false;
  const free = line.words === 0 || line.afterCard ? freeOfCard : topic === 'payment' ? freeOfPayment : freeInProse;
  if (!(open.thick || isBare(open, line)) || open.count <= (open.thick ? free : freeInProse)) return false;
  if (run.shaped || run.signed) return false;
  if (open.count <= freeInProse && isSpokenTime(run, line.tokens)) return false;
  return (open.parts > 1 && open.thick) || !(isFormed(line.text, run) || isGroupedOtherwise(line.text, run));
}

/** Words beside digits that answer, or go on. */
const answerWordsMost = 4;
/** No end of a card has more digits that begin after its issuer’s. */
const tailMost = 15;

/**
 * Runs that may end a card whose beginning is unknown, or that answer a question for one. Their leading digits are
 * unknown or may have been misheard, so any will do.
 */
export function continuing(runs: readonly Run[], line: SpokenLine, unheard: boolean): Span[] {
  if (!unheard && line.topic !== 'card') return [];
  return runs
    .filter((run) => mayBePart(run, line, unheard))
    .map((run) => ({ message: line.message, start: digitsFrom(run), end: endOf(run) }));
}

function mayBePart(run: Run, line: SpokenLine, unheard: boolean): boolean {
  const count = new Lattice(run).digitsMost(longest + 1);
  const asked = line.topic === 'card' && line.words === 0;
  if (
    count <= (asked ? freeOfAnswer : freeOfCard) ||
    run.rest ||
    run.dated ||
    run.shaped ||
    run.signed ||
    run.foreign ||
    isCounted(run, line)
  )
    return false;
  const here = line.here.get(run);
  const topic = topicAt(run, line);
  if (isElse(topic, count) || (isLastFour(line.text, line.tokens, run) && count <= lastFour)) return false;
  if (topic !== 'card') {
    if (isFormed(line.text, run) || isGroupedOtherwise(line.text, run) || isSpokenTime(run, line.tokens)) return false;
    return count <= tailMost && (line.words <= answerWordsMost || count > freeInProse);
  }
  return line.words <= answerWordsMost || (unheard && here === 'card');
}

/** As many digits as a card has, said of a card, but no valid card: one digit was misheard. */
const misheardLeast = 12;
export function misheard(runs: readonly Run[], line: SpokenLine): Span[] {
  return runs.flatMap((run) => {
    const span = { message: line.message, start: digitsFrom(run), end: endOf(run) };
    const count = new Lattice(run).digitsMost(longest + 2);
    if (count < misheardLeast || count > longest + 1 || run.rest || run.dated || run.signed || isCounted(run, line))
      return [];
    return topicAt(run, line) === 'card' && !isFormed(line.text, run) ? [span] : [];
  });
}

/**
 * The parts of an utterance that are cut because a card may begin or go on there. `left` looks at beginnings that did
 * not go on.
 */
export function undecided(opens: readonly Open[], line: SpokenLine, left = false): Span[] {
  return opens.flatMap((open) => {
    const spans = open.spans.filter(({ message }) => message === line.message);
    const last = spans.at(-1);
    return open.age === 0 && last !== undefined && suspicious(open, last, line, left) ? spans : [];
  });
}
