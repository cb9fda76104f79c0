import type { Run } from '../digits/run.ts';
import { wordsOf } from '../forms/runs.ts';
import { type Cue, hints, type Topic, topicAfter } from '../tokens/cues.ts';
import type { Token } from '../tokens/token.ts';
import { isMonth, isMonthOrdinal } from '../words/months.ts';
import { counts } from './answer.ts';
import type { Around } from './detail.ts';
import { bareMost, cueOf, isCertain, isElse, isMark, isNumber, isOpen, type Nearby } from './nearby.ts';

/** How many words an utterance may have whose bare digits answer a question. */
const bareWordsMost = 3;
/** How many words may stand between a card and a code or expiry that nothing names. */
const adjacentWordsMost = 6;
/** How many tokens before digits are searched for a word that names them. */
const cueBefore = 8;
/** Tokens looked back at in all: past them nothing is near. */
const reach = 24;
/** How many words before a cue may name another owner: “my passport expires”. */
const ownerBefore = 2;
/** “código de seguridad”: its name stands before the last word of it. */
const nameBefore = 6;

/** The utterance after its cards were cut: `[REDACTED:card]` stands in their place. */
export type Cleared = Readonly<{
  text: string;
  tokens: readonly Token[];
  runs: readonly Run[];
  topic: Topic | undefined;
}>;

/** Names of the halves of an expiry. */
const parts = new Set('month year monat jahr mes ano mois annee mese anno maand jaar mm yy yyyy'.split(' '));
const partBefore = 3;
const isElsewhere = (token: Token): boolean =>
  isNumber(token) || isElse(token) || hints(token, 'measure') || hints(token, 'amount');
/** “904 or 914”: two hearings of one code. */
const alternatives = new Set(['or', 'oder', 'ou', 'of']);

const monthOf = (token: Token | undefined): Token | undefined =>
  token?.as === 'word' && (isMonth(token.text) || isMonthOrdinal(token.text)) ? token : undefined;

/** Walks through an utterance. `past` holds the tokens so far, with marks in the place of cuts. */
export class Listener {
  readonly past: Token[] = [];
  readonly #before: Nearby;
  readonly #bare: boolean;
  readonly #near: boolean;
  readonly #words: number;
  /** The place of the last card or expiry, which a code may stand beside. */
  #anchor = Number.NEGATIVE_INFINITY;
  #first = true;

  constructor({ tokens, topic: asked }: Cleared, before: Nearby) {
    this.#before = before;
    // Who says a code by its own name, or is asked when a card expires, has a card, said or not.
    this.#near =
      before.card !== null ||
      before.cvv !== null ||
      isOpen(before.due) ||
      (isOpen(before.expiry) && tokens.some((token) => hints(token, 'card'))) ||
      tokens.some((token) => isMark(token, 'card') || hints(token, 'codeName'));
    const topic = topicAfter(tokens) ?? asked;
    this.#words = wordsOf(tokens);
    this.#bare = this.#words <= bareWordsMost && topic !== 'other' && !tokens.some(isElse);
  }

  hear(token: Token): void {
    if (isMark(token, 'card', 'expiry')) this.#anchor = this.past.length;
    this.past.push(token);
    this.#first &&= !isCertain(token) && token.as !== 'mark';
  }

  /** Whether a card or an expiry stands shortly before, and nothing else between. */
  #isBeside(back: readonly Token[]): boolean {
    if (this.past.length - this.#anchor > reach) return false;
    const between = back.slice(0, this.past.length - 1 - this.#anchor);
    return wordsOf(between) <= adjacentWordsMost && !between.some(isElsewhere);
  }

  around(next: readonly Token[], otherwise: boolean): Around {
    const back = this.past.slice(-reach).reverse();
    const month = monthOf(back[0]) ?? monthOf(back[1]);
    const asked = (age: number | null): boolean => this.#first && age !== null && age <= bareMost;
    const measured =
      hints(next[0], 'measure') ||
      hints(next[0], 'other') ||
      next.some((token) => hints(token, 'street')) ||
      hints(back[0], 'price') ||
      hints(next[0], 'price');
    const here = isAlternative(back) ? 'codeName' : (nearest(back, cueBefore) ?? behind(next, back));
    const { card, code, expiry, cvv } = this.#before;
    const carried = [
      ...(this.#bare && !counts(next[0]) && asked(cvv) ? ['codeName' as const] : []),
      ...(asked(code) ? ['code' as const] : []),
      ...(asked(expiry) ? ['expiry' as const] : []),
    ];
    const named = back.slice(0, partBefore).some((token) => token.as === 'word' && parts.has(token.text));
    return {
      cues: here === undefined ? carried : [here],
      near: this.#near,
      // “4242 …, September 2030”: a year beside a month and a card, whatever else it may be.
      adjacent:
        !measured &&
        ((!otherwise && this.#bare && asked(card)) || ((!otherwise || month !== undefined) && this.#isBeside(back))),
      part: named || (this.#bare && this.#words === 0 && asked(expiry)),
      month,
    };
  }
}

/** A word behind digits names them, unless those before them belong to something else. */
function behind(next: readonly Token[], before: readonly Token[]): Cue | undefined {
  const cue = nearest(next, next.length);
  return cue === undefined || before.slice(0, cueBefore).some(isElse) ? undefined : cue;
}

const isAlternative = ([last, earlier]: readonly Token[]): boolean =>
  last?.as === 'word' && alternatives.has(last.text) && isMark(earlier, 'cvc');

/**
 * The nearest word that names the digits. Behind other digits or a cut it names those instead. It does not count when
 * it belongs to something else: “the security code of the door”, “my passport expires”.
 */
function nearest(tokens: readonly Token[], most: number): Cue | undefined {
  for (let at = 0; at < most; at += 1) {
    const token = tokens[at];
    if (token === undefined) return undefined;
    if (isNumber(token) || isMark(token, 'expiry', 'cvc') || (hints(token, 'other') && cueOf(token) === undefined))
      return undefined;
    const cue = cueOf(token);
    if (cue === undefined) continue;
    const owned = tokens.slice(at + 1, at + 1 + ownerBefore).some(isElse);
    if (cue === 'code' && tokens.slice(at + 1, at + 1 + nameBefore).some((each) => cueOf(each) === 'codeName'))
      return 'codeName';
    return owned && cue !== 'codeName' ? undefined : cue;
  }
  return undefined;
}
