import type { Cut } from '../cuts/cut.ts';
import { endOf, type Run, startOf } from '../digits/run.ts';
import { Lattice } from '../digits/walk.ts';
import { isFormed, isGroupedOtherwise } from '../forms/forms.ts';
import { wordsOf } from '../forms/runs.ts';
import { isSpokenTime, isSpokenYear } from '../forms/times.ts';
import type { Token } from '../tokens/token.ts';
import { isMonth } from '../words/months.ts';
import { codesOf, isStillAsked } from './answer.ts';
import { detailsOf } from './detail.ts';
import { isLastFour, lastFour } from './last-four.ts';
import { type Cleared, Listener } from './listener.ts';
import { isOpen, type Nearby, nextNearby } from './nearby.ts';

/** How many tokens behind digits are searched for a word that names them. */
const cueAfter = 3;
/** A code has more digits than a piece of it. */
const pieceMost = 2;

const digitsOf = (run: Run): number => new Lattice(run).digitsMost(lastFour + 1);

/** “April 12, 2024” is a day, and “12/2024” is none. */
const isDay = ({ items: [day, year, more], from }: Run, tokens: readonly Token[]): boolean => {
  const before = tokens[from - 1];
  const ofMonth = before?.as === 'word' && isMonth(before.text) && more === undefined;
  return ofMonth && day?.as === 'digits' && day.digits.length < 3 && year?.as === 'digits' && year.digits.length === 4;
};

/** Digits that say by their form that they are neither code nor expiry. */
const isOtherwise = ({ text, tokens }: Cleared, run: Run): boolean =>
  run.dated ||
  run.signed ||
  run.foreign ||
  isDay(run, tokens) ||
  isSpokenTime(run, tokens) ||
  isSpokenYear(run, tokens) ||
  (isLastFour(text, tokens, run) && digitsOf(run) === lastFour) ||
  (isFormed(text, run) && !/^\d{1,2}[./ -]\d{2,4}$/.test(text.slice(startOf(run), endOf(run)))) ||
  isGroupedOtherwise(text, run);

/** Runs that say a code, while a question for one is open, and whether they are only a piece of it. */
function answered(cleared: Cleared, { card, code, cvv }: Nearby): { codes: ReadonlySet<Run>; isPiece: boolean } {
  const isAsked = isOpen(cvv) || (card !== null && isOpen(code));
  if (!isAsked || !isStillAsked(cleared.topic)) return { codes: new Set(), isPiece: false };
  const codes = codesOf({ ...cleared, isOtherwise: (run) => isOtherwise(cleared, run) });
  const isPiece =
    codes.size === 0 &&
    wordsOf(cleared.tokens) === 0 &&
    cleared.tokens.every(({ as }) => as !== 'mark') &&
    cleared.runs.every((run) => !run.signed && digitsOf(run) <= pieceMost);
  return isPiece ? { codes: new Set(cleared.runs), isPiece } : { codes, isPiece };
}

/**
 * Cuts the security code and expiry of a card in this utterance or shortly before. A code with a name of its own needs
 * no card.
 */
export function near(cleared: Cleared, before: Nearby): { cuts: Cut[]; nearby: Nearby } {
  if (cleared.runs.length === 0) return { cuts: [], nearby: nextNearby(cleared.tokens, before, false) };
  const listener = new Listener(cleared, before);
  const { codes, isPiece } = answered(cleared, before);
  const cuts: Cut[] = [];
  let at = 0;
  for (const run of cleared.runs) {
    for (; at < run.from; at += 1) listener.hear(cleared.tokens[at] as Token);
    const around = listener.around(cleared.tokens.slice(run.to, run.to + cueAfter), isOtherwise(cleared, run));
    const details = detailsOf(run, around);
    const isCode = details.length === 0 && codes.has(run);
    const found: Cut[] = isCode ? [{ start: startOf(run), end: endOf(run), kind: 'cvc' }] : details;
    cuts.push(...found);
    if (found.length > 0) for (const { start, end, kind } of found) listener.hear({ start, end, as: 'mark', kind });
    for (; at < run.to; at += 1) if (found.length === 0) listener.hear(cleared.tokens[at] as Token);
  }
  for (; at < cleared.tokens.length; at += 1) listener.hear(cleared.tokens[at] as Token);
  return { cuts, nearby: nextNearby(listener.past, before, isPiece) };
}
