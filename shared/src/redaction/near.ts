import { type Cue, hints, type Topic, topicAfter } from './cues.ts';
import type { Cut } from './cut.ts';
import type { Token } from './lex.ts';
import { isMonth } from './months.ts';
import { endOf, type Run, startOf, wordsOf } from './run.ts';
import { spellings } from './spellings.ts';

/** Utterances after a card in which its code and expiry are looked for. */
export const nearMost = 8;
/** Utterances after a card, or after somebody asked, in which bare digits answer; and words that such an answer may have. */
const bareMost = 3;
const bareWordsMost = 3;
/** Words after a card that may come before its code or expiry when none says what they are. */
const adjacentWordsMost = 6;
/** Tokens before digits, and after them, in which a word says what they are. */
const cueBefore = 8;
const cueAfter = 3;
/** Tokens looked back at in all: past them nothing is near. */
const reach = 24;

/** What earlier utterances say about the next one’s digits: how many utterances ago, or `null` for never or too long. */
export type Nearby = Readonly<{ card: number | null; code: number | null; expiry: number | null }>;
export const nowhere: Nearby = { card: null, code: null, expiry: null };

/** The utterance, once cards are cut out of it: `[REDACTED:card]` stands where they were. */
export type Cleared = Readonly<{ tokens: readonly Token[]; runs: readonly Run[]; topic: Topic | undefined }>;

const asks: readonly Cue[] = ['codeName', 'code', 'expiry'];
const cueOf = (token: Token | undefined): Cue | undefined => asks.find((cue) => hints(token, cue));
const isMark = (token: Token, ...kinds: string[]): boolean => token.as === 'mark' && kinds.includes(token.kind);
const isElsewhere = (token: Token): boolean => isNumber(token) || hints(token, 'other') || hints(token, 'measure');
const isNumber = (token: Token): boolean => token.as === 'digits' || token.as === 'spoken';
/** MMYY or MMYYYY, in this century as far as cards are valid. */
const isExpiry = (digits: string): boolean => /^(?:0[1-9]|1[0-2]|[1-9](?=20))(?:20)?[2-5][0-9]$/.test(digits);
const isCode = (digits: string): boolean => /^[0-9]{3,4}$/.test(digits);
const isYear = (digits: string): boolean => /^(?:20)?[2-5][0-9]$/.test(digits);

type Around = Readonly<{ cues: readonly Cue[]; near: boolean; adjacent: boolean; month: Token | undefined }>;

/** An utterance as it is gone through: `past` is what came before, with marks where something was cut. */
class Listener {
  readonly past: Token[] = [];
  readonly #before: Nearby;
  readonly #bare: boolean;
  readonly #near: boolean;
  #first = true;

  constructor(said: Cleared, before: Nearby) {
    this.#before = before;
    this.#near = before.card !== null || said.tokens.some((token) => isMark(token, 'card'));
    const topic = topicAfter(said.tokens) ?? said.topic;
    this.#bare = wordsOf(said.tokens) <= bareWordsMost && topic !== 'other';
  }

  hear(token: Token): void {
    this.past.push(token);
    this.#first &&= !isNumber(token) && token.as !== 'mark';
  }

  around(next: readonly Token[]): Around {
    const back = this.past.slice(-reach).toReversed();
    const asked = (age: number | null): boolean => this.#first && age !== null && age <= bareMost;
    const measured = next.slice(0, 1).some((token) => hints(token, 'measure') || hints(token, 'other'));
    const here = nearest(back.slice(0, cueBefore)) ?? nearest(next);
    const anchor = back.findIndex((token) => isMark(token, 'card', 'expiry'));
    const between = back.slice(0, Math.max(0, anchor));
    const { card, code, expiry } = this.#before;
    const carried = [...(asked(code) ? ['code' as const] : []), ...(asked(expiry) ? ['expiry' as const] : [])];
    return {
      cues: here === undefined ? carried : [here],
      near: this.#near,
      adjacent:
        !measured &&
        ((this.#bare && asked(card)) ||
          (anchor >= 0 && wordsOf(between) <= adjacentWordsMost && !between.some(isElsewhere))),
      month: back.slice(0, 2).find((token) => token.as === 'word' && isMonth(token.text)),
    };
  }
}

/** The first word, going away from digits, that says what they are; past other digits, or what was cut there, it means those. */
function nearest(tokens: readonly Token[]): Cue | undefined {
  for (const token of tokens) {
    if (isNumber(token) || isMark(token, 'expiry', 'cvc')) return undefined;
    const cue = cueOf(token);
    if (cue !== undefined) return cue;
  }
  return undefined;
}

function cutsOf(run: Run, { cues, near, adjacent, month }: Around): Cut[] {
  const [start, end] = [startOf(run), endOf(run)];
  const written = spellings(run, 8);
  const code = written.some(isCode);
  if (cues.includes('codeName') && code) return [{ start, end, kind: 'cvc' }];
  if (!near || (!adjacent && cues.length === 0)) return [];
  if (cues.includes('code') && code) return [{ start, end, kind: 'cvc' }];
  if (month !== undefined && written.some(isYear)) return [{ start: month.start, end, kind: 'expiry' }];
  if (written.some(isExpiry) && (adjacent || cues.includes('expiry'))) return [{ start, end, kind: 'expiry' }];
  if (adjacent && code) return [{ start, end, kind: 'cvc' }];
  return both(run);
}

/** “12/27 123”: an expiry and a code in one breath. */
function both(run: Run): Cut[] {
  for (let at = 1; at < run.items.length; at += 1) {
    const [expiry, code] = [
      { ...run, items: run.items.slice(0, at) },
      { ...run, items: run.items.slice(at) },
    ];
    if (spellings(expiry, 6).some(isExpiry) && spellings(code, 4).some(isCode))
      return [
        { start: startOf(expiry), end: endOf(expiry), kind: 'expiry' },
        { start: startOf(code), end: endOf(code), kind: 'cvc' },
      ];
  }
  return [];
}

const older = (age: number | null, most: number): number | null => (age === null || age >= most ? null : age + 1);

/** What the next utterance must know: that a card was said, and whether a question for its code or expiry is open. */
function nextNearby(heard: readonly Token[], before: Nearby): Nearby {
  const end = heard.findLastIndex((token) => isNumber(token) || isMark(token, 'expiry', 'cvc'));
  const asked = new Set(heard.slice(end + 1).map(cueOf));
  return {
    card: heard.some((token) => isMark(token, 'card')) ? 1 : older(before.card, nearMost),
    code: asked.has('code') || asked.has('codeName') ? 1 : older(before.code, bareMost),
    expiry: asked.has('expiry') ? 1 : older(before.expiry, bareMost),
  };
}

/** Security code and expiry of a card that was said in this utterance or not long before. A code by its own name goes without. */
export function near(said: Cleared, before: Nearby): { cuts: Cut[]; nearby: Nearby } {
  const listener = new Listener(said, before);
  const cuts: Cut[] = [];
  let at = 0;
  for (const run of said.runs) {
    for (; at < run.from; at += 1) listener.hear(said.tokens[at] as Token);
    const found = cutsOf(run, listener.around(said.tokens.slice(run.to, run.to + cueAfter)));
    cuts.push(...found);
    if (found.length > 0) for (const { start, end, kind } of found) listener.hear({ start, end, as: 'mark', kind });
    for (; at < run.to; at += 1) if (found.length === 0) listener.hear(said.tokens[at] as Token);
  }
  for (; at < said.tokens.length; at += 1) listener.hear(said.tokens[at] as Token);
  return { cuts, nearby: nextNearby(listener.past, before) };
}
