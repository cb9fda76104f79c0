import type { Cut } from '../cuts/cut.ts';
import { endOf, type Run, startOf } from '../digits/run.ts';
import { isFormed, isGroupedOtherwise } from '../forms/forms.ts';
import { wordsOf } from '../forms/runs.ts';
import { type Cue, hints, type Topic, topicAfter } from '../tokens/cues.ts';
import type { Token } from '../tokens/token.ts';
import { isMonth, isMonthOrdinal } from '../words/months.ts';
import { codesOf, counts, isStillAsked } from './answer.ts';
import { type Around, detailsOf } from './detail.ts';

/** Utterances after a card in which its code and expiry are looked for. */
export const nearMost = 8;
/**
 * How many utterances after a card or a question bare digits still answer, and how many words such an answer may have.
 */
const bareMost = 5;
const bareWordsMost = 3;
/**
 * How many utterances after a question for a code are read as its answer. Once the code was said, only bare digits
 * repeat it.
 */
const answerMost = 3;
/** How many words may stand between a card and a code or expiry that nothing names. */
const adjacentWordsMost = 6;
/** How many tokens before and after digits are searched for a word that names them. */
const cueBefore = 8;
const cueAfter = 3;
/** Tokens looked back at in all: past them nothing is near. */
const reach = 24;

/**
 * What earlier utterances say about the digits of the next one: how many utterances ago, or `null` for never or too
 * long ago.
 */
export type Nearby = Readonly<{ card: number | null; code: number | null; expiry: number | null; cvv: number | null }>;

/** The utterance after its cards were cut: `[REDACTED:card]` stands in their place. */
export type Cleared = Readonly<{
  text: string;
  tokens: readonly Token[];
  runs: readonly Run[];
  topic: Topic | undefined;
}>;

const asks: readonly Cue[] = ['codeName', 'code', 'expiry'];
/** “date d’expiration” is of the card. */
const dates = new Set(['date', 'datum', 'fecha', 'data']);
const isDate = (token: Token): boolean => token.as === 'word' && dates.has(token.text);
/** How many words before a cue may name another owner: “my passport expires”. */
const ownerBefore = 2;
/** “código de seguridad”: its name stands before the last word of it. */
const nameBefore = 6;
const cueOf = (token: Token | undefined): Cue | undefined =>
  token?.as === 'word' ? asks.find((cue) => hints(token, cue)) : undefined;
/** Names of the halves of an expiry. */
const parts = new Set('month year monat jahr mes ano mois annee mese anno maand jaar mm yy yyyy'.split(' '));
const partBefore = 3;
const isMark = (token: Token, ...kinds: string[]): boolean => token.as === 'mark' && kinds.includes(token.kind);
const isElsewhere = (token: Token): boolean => isNumber(token) || hints(token, 'other') || hints(token, 'measure');
const isNumber = (token: Token): boolean => token.as === 'digits' || token.as === 'spoken';
/** Walks through an utterance. `past` holds the tokens so far, with marks in the place of cuts. */
class Listener {
  readonly past: Token[] = [];
  readonly #before: Nearby;
  readonly #bare: boolean;
  readonly #near: boolean;
  #first = true;

  constructor(cleared: Cleared, before: Nearby) {
    this.#before = before;
    // Who says a code by its own name has a card, said or not.
    this.#near =
      before.card !== null ||
      before.cvv !== null ||
      cleared.tokens.some((token) => isMark(token, 'card') || hints(token, 'codeName'));
    const topic = topicAfter(cleared.tokens) ?? cleared.topic;
    this.#bare = wordsOf(cleared.tokens) <= bareWordsMost && topic !== 'other';
  }

  hear(token: Token): void {
    this.past.push(token);
    this.#first &&= !isNumber(token) && token.as !== 'mark';
  }

  around(next: readonly Token[], otherwise: boolean): Around {
    const back = this.past.slice(-reach).toReversed();
    const asked = (age: number | null): boolean => this.#first && age !== null && age <= bareMost;
    const measured = next.slice(0, 1).some((token) => hints(token, 'measure') || hints(token, 'other'));
    const here = nearest(back.slice(0, cueBefore)) ?? nearest(next);
    const anchor = back.findIndex((token) => isMark(token, 'card', 'expiry'));
    const between = back.slice(0, Math.max(0, anchor));
    const { card, code, expiry, cvv } = this.#before;
    const carried = [
      ...(this.#bare && !counts(next[0]) && asked(cvv) ? ['codeName' as const] : []),
      ...(asked(code) ? ['code' as const] : []),
      ...(asked(expiry) ? ['expiry' as const] : []),
    ];
    return {
      cues: here === undefined ? carried : [here],
      near: this.#near,
      adjacent:
        !measured &&
        !otherwise &&
        ((this.#bare && asked(card)) ||
          (anchor >= 0 && wordsOf(between) <= adjacentWordsMost && !between.some(isElsewhere))),
      part: back.slice(0, partBefore).some((token) => token.as === 'word' && parts.has(token.text)),
      month: back
        .slice(0, 2)
        .find((token) => token.as === 'word' && (isMonth(token.text) || isMonthOrdinal(token.text))),
    };
  }
}

/**
 * The nearest word that names the digits. Behind other digits or a cut it names those instead. It does not count when
 * it belongs to something else: “the security code of the door”, “my passport expires”.
 */
function nearest(tokens: readonly Token[]): Cue | undefined {
  for (const [at, token] of tokens.entries()) {
    if (isNumber(token) || isMark(token, 'expiry', 'cvc') || (hints(token, 'other') && cueOf(token) === undefined))
      return undefined;
    const cue = cueOf(token);
    if (cue === undefined) continue;
    const owned = tokens.slice(at + 1, at + 1 + ownerBefore).some((each) => hints(each, 'other') && !isDate(each));
    if (cue === 'code' && tokens.slice(at + 1, at + 1 + nameBefore).some((each) => cueOf(each) === 'codeName'))
      return 'codeName';
    return owned && cue !== 'codeName' ? undefined : cue;
  }
  return undefined;
}

const older = (age: number | null, most: number): number | null => (age === null || age >= most ? null : age + 1);

/** The state for the next utterance: whether a card was said, and whether a question for its code or expiry is open. */
function nextNearby(heard: readonly Token[], before: Nearby): Nearby {
  const end = heard.findLastIndex((token) => isNumber(token) || token.as === 'mark');
  const asked = new Set(heard.slice(end + 1).map(cueOf));
  const cvv = asked.has('codeName') ? 1 : older(before.cvv, bareMost);
  const isAnswered = cvv !== null && heard.some((token) => isMark(token, 'cvc'));
  return {
    card: heard.some((token) => isMark(token, 'card')) ? 1 : older(before.card, nearMost),
    code: asked.has('code') ? 1 : older(before.code, bareMost),
    cvv: isAnswered && !asked.has('codeName') ? Math.max(cvv, answerMost + 1) : cvv,
    expiry: asked.has('expiry') ? 1 : older(before.expiry, bareMost),
  };
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
  run.foreign ||
  isDay(run, tokens) ||
  (isFormed(text, run) && !/^\d{1,2}[./ -]\d{2,4}$/.test(text.slice(startOf(run), endOf(run)))) ||
  isGroupedOtherwise(text, run);

/** Runs that say a code, while a question for one is open. */
function answered(cleared: Cleared, { card, code, cvv }: Nearby): ReadonlySet<Run> {
  const isOpen = (age: number | null): boolean => age !== null && age <= answerMost;
  if (!(isOpen(cvv) || (card !== null && isOpen(code))) || !isStillAsked(cleared.topic)) return new Set();
  return codesOf({ ...cleared, isOtherwise: (run) => isOtherwise(cleared, run) });
}

/**
 * Cuts the security code and expiry of a card in this utterance or shortly before. A code with a name of its own needs
 * no card.
 */
export function near(cleared: Cleared, before: Nearby): { cuts: Cut[]; nearby: Nearby } {
  if (cleared.runs.length === 0) return { cuts: [], nearby: nextNearby(cleared.tokens, before) };
  const listener = new Listener(cleared, before);
  const codes = answered(cleared, before);
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
  return { cuts, nearby: nextNearby(listener.past, before) };
}
