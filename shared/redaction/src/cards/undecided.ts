import { longest } from '../digits/issuer.ts';
import { endOf, type Run, startOf } from '../digits/run.ts';
import { Lattice, type Span } from '../digits/walk.ts';
import { isFormed, isGroupedOtherwise } from '../forms/forms.ts';
import { hints, type Topic, topicAfter, topicsBefore } from '../tokens/cues.ts';
import type { Token } from '../tokens/token.ts';
import { isMonth } from '../words/months.ts';
import { digitsFrom, type Open } from './open.ts';

/**
 * Digits that may leave at a card’s beginning when a sentence says nothing of a card: its first six and any four more, as
 * PCI DSS lets a truncated number keep (PCI SSC, FAQ 1091). Telephone numbers have no more. What is more is cut at
 * once: nothing that has left can be called back.
 */
export const freeInProse = 10;
/** The same, when somebody has spoken of a card, or when an utterance is digits and nothing else. */
export const freeOfCard = 3;

/** The same, when somebody speaks of paying: an amount has fewer, a card’s first six say who issued it. */
export const freeOfPayment = 6;

/** The same, when somebody has asked for one and the answer is digits and nothing else. */
const freeOfAnswer = 0;

/** Digits of an expiry and a code together: where those are spoken of, so few begin no card. */
const detailMost = 10;

export type Said = Readonly<{
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
export function said(of: Pick<Said, 'message' | 'text' | 'tokens' | 'runs' | 'words' | 'topic' | 'afterCard'>): Said {
  const topics = topicsBefore(of.tokens, of.runs.map(startOf));
  return {
    ...of,
    here: new Map(of.runs.map((run, at) => [run, topics[at]])),
    after: topicAfter(of.tokens),
    byEnd: new Map(of.runs.map((run) => [endOf(run), run])),
  };
}

type Begun = Pick<Open, 'count' | 'parts' | 'leads' | 'thick' | 'terse' | 'whole'>;

const isNamedElse = (topic: Topic | undefined): boolean => topic === 'other' || topic === 'iban' || topic === 'ssn';

/**
 * What a run is about: what was spoken of before it, or else behind it in its utterance. So that a mark, which leaves no topic, makes nothing suspicious
 * that was not, what stands behind also tells more of a payment, and of digits too many for a code.
 */
function topicAt(run: Run, { here, topic, after }: Said): Topic | undefined {
  const before = here.get(run) ?? topic;
  const isTold = (before === 'payment' && after === 'card') || (before === 'detail' && isNamedElse(after));
  return isTold ? after : (before ?? after);
}

/** Of what no card is spoken: something else by its name, or a few digits of an expiry and a code. */
const isElse = (topic: Topic | undefined, count: number): boolean =>
  isNamedElse(topic) || (topic === 'detail' && count <= detailMost);

const year = /^(?:19|20)\d\d$/;
/** “April 12, 2024”, “24 December 2026”: a month beside days and years. */
function isOfMonth({ items, from, to }: Run, { tokens }: Said): boolean {
  const beside = [tokens[from - 1], tokens[to]].some((token) => token?.as === 'word' && isMonth(token.text));
  return beside && items.every((item) => item.as === 'digits' && (Number(item.digits) < 32 || year.test(item.digits)));
}

/** “four thirty, five fifteen” behind “at”: hours and minutes. */
const clockWords = new Set(
  'at or o ou oder of by until till from between um bis von gegen las alle dalle vers om tot van rond'.split(' '),
);
function isSpokenTime(run: Run, { tokens }: Said): boolean {
  const before = tokens[run.from - 1];
  const values = run.items.flatMap((item) => (item.as === 'spoken' ? item.word.value : Number(item.digits)));
  return (
    before?.as === 'word' &&
    clockWords.has(before.text) &&
    run.items.length <= timeItemsMost &&
    values.every((value) => value < 60)
  );
}
const timeItemsMost = 6;

/** “4512 dollars”, “4242 Market Street”. */
const isCounted = (run: Run, said: Said): boolean =>
  hints(said.tokens[run.to], 'measure') ||
  isOfMonth(run, said) ||
  said.tokens.slice(run.to, run.to + streetWords).some((token) => hints(token, 'street'));
const streetWords = 3;

/** A part of one or two digits may be a count of something; where utterances hold nothing else, it may begin a card too. */
const isBare = ({ terse, whole }: Begun, { words }: Said): boolean => terse && !whole && words === 0;

/** Whether a part must be cut although its card is not whole: enough digits that begin like a card, and nothing else they could be. */
function suspicious(open: Begun, span: Span, said: Said, left: boolean): boolean {
  if (open.count <= freeOfCard) return false;
  const run = said.byEnd.get(span.end);
  if (run === undefined || run.dated || !open.leads || (open.parts > 1 && !open.terse)) return false;
  if (isCounted(run, said) || (isLastFour(said, run) && open.count <= lastFour)) return false;
  // What is spoken of later says nothing of a number that was left.
  const topic = left ? (said.here.get(run) ?? said.topic) : topicAt(run, said);
  if (isElse(topic, open.count)) return false;
  if (topic === 'card' && (open.thick || open.terse)) return true;
  const free = said.words === 0 || said.afterCard ? freeOfCard : topic === 'payment' ? freeOfPayment : freeInProse;
  if (!(open.thick || isBare(open, said)) || open.count <= (open.thick ? free : freeInProse)) return false;
  if (run.shaped || run.signed) return false;
  if (open.count <= freeInProse && isSpokenTime(run, said)) return false;
  return (open.parts > 1 && open.thick) || !(isFormed(said.text, run) || isGroupedOtherwise(said.text, run));
}

/** “ending in 4242”: so many digits of a card may be shown. */
const lastFour = 4;
const isLastFour = ({ tokens }: Said, { from }: Run): boolean =>
  tokens.slice(Math.max(0, from - 4), from).some((token) => hints(token, 'lastFour'));

/** Words beside digits that answer, or go on. */
const answerWordsMost = 4;
/** No end of a card has more digits that begin after its issuer’s. */
const tailMost = 15;

/**
 * Runs that may end a card whose beginning nobody heard, or that answer whoever asked for one: their leading digits are not known, or may have
 * been misheard, so any will do.
 */
export function continuing(runs: readonly Run[], said: Said, unheard: boolean): Span[] {
  if (!unheard && said.topic !== 'card') return [];
  return runs
    .filter((run) => mayBePart(run, said, unheard))
    .map((run) => ({ message: said.message, start: digitsFrom(run), end: endOf(run) }));
}

function mayBePart(run: Run, said: Said, unheard: boolean): boolean {
  const count = new Lattice(run).digitsMost(longest + 1);
  const asked = said.topic === 'card' && said.words === 0;
  if (
    count <= (asked ? freeOfAnswer : freeOfCard) ||
    run.rest ||
    run.dated ||
    run.shaped ||
    run.signed ||
    isCounted(run, said)
  )
    return false;
  const here = said.here.get(run);
  const topic = topicAt(run, said);
  if (isElse(topic, count) || (isLastFour(said, run) && count <= lastFour)) return false;
  if (topic !== 'card') {
    if (isFormed(said.text, run) || isGroupedOtherwise(said.text, run) || isSpokenTime(run, said)) return false;
    return count <= tailMost && (said.words <= answerWordsMost || count > freeInProse);
  }
  return said.words <= answerWordsMost || (unheard && here === 'card');
}

/** Digits that a card has, said of one, with no card in them: one was misheard. */
const misheardLeast = 12;
export function misheard(runs: readonly Run[], said: Said): Span[] {
  return runs.flatMap((run) => {
    const span = { message: said.message, start: digitsFrom(run), end: endOf(run) };
    const count = new Lattice(run).digitsMost(longest + 2);
    if (count < misheardLeast || count > longest + 1 || run.rest || run.dated || run.signed || isCounted(run, said))
      return [];
    return topicAt(run, said) === 'card' && !isFormed(said.text, run) ? [span] : [];
  });
}

/** The parts of an utterance that are cut because a card may begin or go on there. */
export function undecided(opens: readonly Open[], said: Said, left = false): Span[] {
  return opens.flatMap((open) => {
    const spans = open.spans.filter(({ message }) => message === said.message);
    const last = spans.at(-1);
    return open.age === 0 && last !== undefined && suspicious(open, last, said, left) ? spans : [];
  });
}
