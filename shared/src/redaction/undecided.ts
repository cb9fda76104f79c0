import { hints, type Topic, topicBefore } from './cues.ts';
import type { Open } from './follow.ts';
import type { Token } from './lex.ts';
import { endOf, type Run, startOf } from './run.ts';
import { hasOtherShape, hasOtherSign } from './shapes.ts';
import { Lattice, type Span } from './walk.ts';

/**
 * Digits that may leave at a card’s beginning when nothing speaks of a card: an issuer’s six, as PCI DSS 4.0 (3.4.1, 3.5.1)
 * lets be shown. More are cut at once, since what has left cannot be called back.
 */
export const freeDigitsMost = 6;
/** The same, when somebody has spoken of a card. */
export const freeDigitsOfCardMost = 3;

export type Said = Readonly<{ message: number; text: string; tokens: readonly Token[]; topic: Topic | undefined }>;

/** Whether a part must be cut although its card is not whole: enough digits that begin like a card, and nothing else they could be. */
function suspicious(open: Pick<Open, 'count' | 'parts' | 'clean'>, span: Span, said: Said): boolean {
  if (open.parts > 1 && !open.clean) return false;
  const next = said.tokens.find((token) => token.start >= span.end);
  if (hints(next, 'measure')) return false;
  const topic = topicBefore(said.tokens, span.start) ?? said.topic ?? topicBefore(said.tokens);
  if (topic === 'other') return false;
  if (topic === 'card') return open.count > freeDigitsOfCardMost && !(isLastFour(said.tokens, span) && open.count <= 4);
  return open.count > freeDigitsMost && !hasOtherShape(said.text, span) && !hasOtherSign(said.text, span);
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
    const count = new Lattice(run).digitsMost(freeDigitsMost + 1);
    const open = { count, parts: 1, clean: true };
    return suspicious(open, span, said) ? [span] : [];
  });
}

/** The parts of an utterance that are cut because a card may begin or go on there. */
export function undecided(opens: readonly Open[], said: Said): Span[] {
  return opens.flatMap((open) => {
    const span = open.spans.at(-1);
    return open.age === 0 && span?.message === said.message && suspicious(open, span, said) ? [span] : [];
  });
}
