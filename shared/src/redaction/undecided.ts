import { hints, type Topic, topicAfter, topicBefore } from './cues.ts';
import type { Token } from './lex.ts';
import type { Open } from './open.ts';
import { endOf, type Run, startOf } from './run.ts';
import { Lattice, type Span } from './walk.ts';

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

/** Digits of an expiry and a code together: where those are spoken of, so few begin no card. */
const detailMost = 10;

export type Said = Readonly<{
  message: number;
  tokens: readonly Token[];
  runs: readonly Run[];
  words: number;
  topic: Topic | undefined;
}>;

type Begun = Pick<Open, 'count' | 'parts' | 'leads' | 'thick' | 'terse'>;

/** Whether a part must be cut although its card is not whole: enough digits that begin like a card, and nothing else they could be. */
function suspicious(open: Begun, span: Span, said: Said): boolean {
  if (open.count <= freeOfCard) return false;
  const run = said.runs.find((each) => startOf(each) <= span.start && span.end <= endOf(each));
  if (run === undefined || run.dated || !open.leads || (open.parts > 1 && !open.terse)) return false;
  if (hints(said.tokens[run.to], 'measure')) return false;
  const topic = topicBefore(said.tokens, span.start) ?? said.topic ?? topicAfter(said.tokens);
  if (topic === 'other' || (topic === 'detail' && open.count <= detailMost)) return false;
  if (topic === 'card' && (open.thick || open.terse))
    return open.count > freeOfCard && !(isLastFour(said.tokens, span) && open.count <= 4);
  const free = said.words === 0 ? freeOfCard : topic === 'payment' ? freeOfPayment : freeInProse;
  return open.thick && open.count > free && !run.shaped && !run.signed;
}

const isLastFour = (tokens: readonly Token[], span: Span): boolean =>
  tokens
    .filter((token) => token.end <= span.start)
    .slice(-4)
    .some((token) => hints(token, 'lastFour'));

/** Runs that may end a card whose beginning nobody heard: its leading digits are not known, so any will do. */
export function continuing(runs: readonly Run[], said: Said): Span[] {
  return runs.flatMap((run) => {
    const span = { message: said.message, start: startOf(run), end: endOf(run) };
    const count = new Lattice(run).digitsMost(freeInProse + 1);
    const open = { count, parts: 1, leads: true, thick: true, terse: true };
    return suspicious(open, span, { ...said, topic: said.topic ?? 'card' }) ? [span] : [];
  });
}

/** The parts of an utterance that are cut because a card may begin or go on there. */
export function undecided(opens: readonly Open[], said: Said): Span[] {
  return opens.flatMap((open) => {
    const spans = open.spans.filter(({ message }) => message === said.message);
    const last = spans.at(-1);
    return open.age === 0 && last !== undefined && suspicious(open, last, said) ? spans : [];
  });
}
