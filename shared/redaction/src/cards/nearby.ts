import { type Cue, hints } from '../tokens/cues.ts';
import type { Token } from '../tokens/token.ts';

/** Utterances after a card in which its code and expiry are looked for. */
export const nearMost = 8;
/** How many utterances after a card or a question bare digits still answer. */
export const bareMost = 5;
/**
 * How many utterances after a question for a code are read as its answer. Once the code was said, only bare digits
 * repeat it.
 */
const answerMost = 3;

type Age = number | null;
/**
 * What earlier utterances say about the digits of the next one: how many utterances ago, or `null` for never or too
 * long ago. `due` is a question for an expiry that says it is a card's.
 */
export type Nearby = Readonly<{ card: Age; code: Age; expiry: Age; cvv: Age; due: Age }>;

/** Whether a question of this age is still open. */
export const isOpen = (age: Age): boolean => age !== null && age <= answerMost;

const asks: readonly Cue[] = ['codeName', 'code', 'expiry'];
export const cueOf = (token: Token | undefined): Cue | undefined =>
  token?.as === 'word' ? asks.find((cue) => hints(token, cue)) : undefined;
export const isMark = (token: Token | undefined, ...kinds: string[]): boolean =>
  token?.as === 'mark' && kinds.includes(token.kind);
export const isNumber = (token: Token): boolean => token.as === 'digits' || token.as === 'spoken';
/** “o cartão”, “a valid one”: what may be no number. */
export const isCertain = (token: Token): boolean =>
  token.as === 'digits' || (token.as === 'spoken' && token.word.maybe !== true);
/** “date d’expiration” is of the card. */
const dates = new Set(['date', 'datum', 'fecha', 'data']);
/** “Good. And your name?” asks for no expiry. */
const isPraise = (token: Token): boolean => token.as === 'word' && token.text === 'good';
/** Whether a word names something else, and no date. */
export const isElse = (token: Token): boolean =>
  hints(token, 'other') && !(token.as === 'word' && dates.has(token.text));

/** Whether a question for an expiry names the card, or names nothing else and calls the expiry by its own name. */
const isOfCard = (asked: readonly Token[]): boolean =>
  asked.some((token) => hints(token, 'due') || hints(token, 'card')) && !asked.some(isElse);

const older = (age: Age, most: number): Age => (age === null || age >= most ? null : age + 1);

/**
 * The state for the next utterance: whether a card was said, and whether a question for its code or expiry is open. A
 * piece of a code leaves its question open.
 */
export function nextNearby(heard: readonly Token[], before: Nearby, isPiece: boolean): Nearby {
  const end = heard.findLastIndex((token) => isCertain(token) || token.as === 'mark');
  const said = heard.slice(end + 1);
  const asked = new Set(said.filter((token) => !isPraise(token)).map(cueOf));
  const cvv = older(before.cvv, bareMost);
  const isAnswered = !isPiece && heard.some((token) => isMark(token, 'cvc'));
  return {
    card: heard.some((token) => isMark(token, 'card')) ? 1 : older(before.card, nearMost),
    code: asked.has('code') && !said.some(isElse) ? 1 : older(before.code, bareMost),
    cvv: asked.has('codeName') ? 1 : isAnswered ? Math.max(cvv ?? 0, answerMost + 1) : cvv,
    expiry: asked.has('expiry') ? 1 : older(before.expiry, bareMost),
    due: asked.has('expiry') && isOfCard(said) ? 1 : older(before.due, answerMost),
  };
}
