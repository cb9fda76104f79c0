import type { Cut } from '../cuts/cut.ts';
import { endOf, type Run, startOf } from '../digits/run.ts';
import { Lattice } from '../digits/walk.ts';
import { isFormed, isGroupedOtherwise } from '../forms/forms.ts';
import { wordsOf } from '../forms/runs.ts';
import { isSpokenTime, isSpokenYear } from '../forms/times.ts';
import type { Token } from '../tokens/token.ts';
import { isMonth, isMonthOrdinal } from '../words/months.ts';
import { codesOf, isStillAsked } from './answer.ts';
import { detailsOf } from './detail.ts';
import { isLastFour, lastFour } from './last-four.ts';
import { type Cleared, Listener } from './listener.ts';
import { isNumber, isOpen, type Nearby, nextNearby } from './nearby.ts';

/** How many tokens behind digits are searched for a word that names them. */
const cueAfter = 3;
/** A code has more digits than a piece of it. */
const pieceMost = 2;

const digitsOf = (run: Run): number => new Lattice(run).digitsMost(lastFour + 1);

const joints = new Set(['of', 'de', 'di']);
const textOf = (token: Token | undefined): string => (token?.as === 'word' ? token.text : '');
const lastDay = 31;
const isDayOfMonth = (token: Token | undefined): boolean =>
  (token?.as === 'spoken' && token.word.value <= lastDay) ||
  (token?.as === 'digits' && Number(token.digits) <= lastDay) ||
  isMonthOrdinal(textOf(token));

/** “the fourth of March 2024”: a day stands before the month, and no longer number. */
function hasDay({ from }: Run, tokens: readonly Token[]): boolean {
  const month = [from - 1, from - 2].find((at) => isMonth(textOf(tokens[at])));
  if (month === undefined) return false;
  const day = joints.has(textOf(tokens[month - 1])) ? month - 2 : month - 1;
  const before = tokens[day - 1];
  return isDayOfMonth(tokens[day]) && (before === undefined || !isNumber(before));
}

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

/** What stands behind the cuts of a run is judged by itself: “12/27, 123, 10012” ends in a postcode. */
function behind(run: Run, cuts: readonly Cut[], tokens: readonly Token[]): Run | undefined {
  const end = cuts.at(-1)?.end ?? 0;
  const first = run.items.findIndex(({ start }) => start >= end);
  if (first === -1) return undefined;
  let { from } = run;
  while (from < run.to && (tokens[from]?.start ?? end) < end) from += 1;
  return { ...run, items: run.items.slice(first), from };
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
  const hearTo = (place: number): void => {
    for (; at < place; at += 1) listener.hear(cleared.tokens[at] as Token);
  };
  const runs = [...cleared.runs];
  for (let run = runs.shift(); run !== undefined; run = runs.shift()) {
    hearTo(run.from);
    const around = listener.around(cleared.tokens.slice(run.to, run.to + cueAfter), isOtherwise(cleared, run));
    const isDate = around.month !== undefined && !around.cues.includes('expiry') && hasDay(run, cleared.tokens);
    const details = isDate ? [] : detailsOf(run, around);
    const isCode = details.length === 0 && codes.has(run);
    const found: Cut[] = isCode ? [{ start: startOf(run), end: endOf(run), kind: 'cvc' }] : details;
    cuts.push(...found);
    for (const { start, end, kind } of found) listener.hear({ start, end, as: 'mark', kind });
    const more = found.length > 0 ? behind(run, found, cleared.tokens) : undefined;
    if (more !== undefined) runs.unshift(more);
    if (found.length > 0) at = more?.from ?? run.to;
  }
  hearTo(cleared.tokens.length);
  return { cuts, nearby: nextNearby(listener.past, before, isPiece) };
}
