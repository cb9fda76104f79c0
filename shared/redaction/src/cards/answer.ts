import type { Run } from '../digits/run.ts';
import { spellings } from '../digits/spellings.ts';
import { Lattice } from '../digits/walk.ts';
import { wordsOf } from '../forms/runs.ts';
import { hints, type Topic } from '../tokens/cues.ts';
import type { Token } from '../tokens/token.ts';
import { isMonth } from '../words/months.ts';

/**
 * An utterance that answers a question for a security code, and a test for runs whose form says that they are something
 * else.
 */
export type Answer = Readonly<{
  text: string;
  tokens: readonly Token[];
  runs: readonly Run[];
  isOtherwise: (run: Run) => boolean;
}>;

/**
 * How many words may stand in a sentence with a code, in one with a code in pieces, and in one that follows a code and
 * is still part of it.
 */
const [wordsMost, wordsOfPiecesMost, wordsBehindMost] = [8, 5, 3];
/** Words between pieces, and between a code and what it corrects. */
const [betweenPieces, betweenCorrections] = [2, 8];
const [codeLeast, codeMost] = [3, 4];
/** Tokens behind digits in which a word says that they count something. */
const measureBehind = 2;

const ends = /[!?;\n]|(?<!\.)\.(?!\.)/;
/** The words before a time or a year. “las” and “las siete” count only behind “a”. */
const clock = new Set(
  'at by until till since um gegen bis seit alle dalle vers desde depuis dal om rond tegen sinds'.split(' '),
);
/** Takes back a digit, beside the words that take back a card. */
const denials = new Set('no nope not nein nicht nee non nao mean meant meine quiero'.split(' '));

const takesBack = (token: Token): boolean =>
  hints(token, 'correction') || (token.as === 'word' && denials.has(token.text));

/** Whether a sentence names its digits as something else than a code. French “ne” denies, and Dutch “nee” too. */
const namesElse = (token: Token): boolean =>
  ((hints(token, 'other') || hints(token, 'iban') || hints(token, 'ssn') || hints(token, 'street')) &&
    !takesBack(token) &&
    !(token.as === 'word' && token.text === 'ne')) ||
  (token.as === 'word' && isMonth(token.text));

/** Whether a word is counted by the digits before it. German “am” is not. */
export const counts = (token: Token | undefined): boolean =>
  hints(token, 'measure') && !(token?.as === 'word' && token.text === 'am');

/** “one moment”: no digit. */
const isArticle = ({ items, to }: Run, tokens: readonly Token[]): boolean =>
  items.every((item) => item.as === 'spoken' && item.word.maybe === true) && tokens[to]?.as === 'word';

const isTimed = ({ from }: Run, tokens: readonly Token[]): boolean => {
  const [more, before] = [tokens[from - 2], tokens[from - 1]];
  if (before?.as !== 'word') return false;
  return clock.has(before.text) || (before.text === 'las' && more?.as === 'word' && more.text === 'a');
};

/** Where a code is asked for, “one two three four” is no count and “2026” no year. */
const isPlain = ({ items }: Run): boolean =>
  (items.length === 1 && items[0]?.as === 'digits') ||
  (items.length <= codeMost && items.every((item) => item.as === 'spoken' && item.word.as === 'unit'));

const mayBeCode = (run: Run, { tokens, isOtherwise }: Answer): boolean =>
  !tokens.slice(run.to, run.to + measureBehind).some(counts) &&
  !isTimed(run, tokens) &&
  !isArticle(run, tokens) &&
  (isPlain(run) || !isOtherwise(run));

/**
 * Whether a run is three or four digits, the same digits twice, or a code and its correction with only a “sorry”
 * between.
 */
function isCode(run: Run, { tokens }: Answer): boolean {
  const corrected = tokens.slice(run.from, run.to).some((token) => hints(token, 'correction'));
  return spellings(run, codeMost * 2).some((digits) => {
    if (digits.length < codeLeast) return false;
    if (digits.length <= codeMost || corrected) return true;
    return digits.slice(0, digits.length / 2) === digits.slice(digits.length / 2);
  });
}

const digitsOf = (run: Run): number => new Lattice(run).digitsMost(codeMost + 1);

type Sentence = Readonly<{ tokens: readonly Token[]; runs: readonly Run[] }>;

/** The sentences of an answer. A full stop within digits ends none. */
function sentencesOf({ text, tokens, runs }: Answer): Sentence[] {
  const found: { tokens: Token[]; runs: Run[] }[] = [];
  const inside = new Set(
    runs.flatMap(({ from, to }) => Array.from({ length: to - from - 1 }, (_, at) => from + 1 + at)),
  );
  const begun = new Map(runs.map((run) => [run.from, run]));
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1];
    const isNew = before === undefined || (!inside.has(at) && ends.test(text.slice(before.end, token.start)));
    if (isNew) found.push({ tokens: [], runs: [] });
    const sentence = found.at(-1);
    sentence?.tokens.push(token);
    const run = begun.get(at);
    if (run !== undefined) sentence?.runs.push(run);
  }
  return found;
}

/** “seven, three and then a seven”. */
function piecesOf(runs: readonly Run[], sentence: Sentence): readonly Run[] {
  const digits = runs.reduce((sum, run) => sum + digitsOf(run), 0);
  const near = runs.every((run, at) => at === 0 || run.wordsBefore <= betweenPieces);
  const isCodeInPieces = runs.length > 1 && digits >= codeLeast && digits <= codeMost && near;
  return isCodeInPieces && wordsOf(sentence.tokens) <= wordsOfPiecesMost ? runs : [];
}

/** Adds the attempts that a code corrects, or that correct it: “seven three, no, seven two seven”. */
function corrected(runs: readonly Run[], codes: Set<Run>, tokens: readonly Token[]): void {
  const pairs = runs.slice(1).map((run, at): readonly [Run, Run] => [runs[at] as Run, run]);
  for (const [one, other] of [...pairs, ...pairs.toReversed()]) {
    if (codes.has(one) === codes.has(other)) continue;
    const between = tokens.slice(one.to, other.from);
    if (between.length > betweenCorrections || !between.some(takesBack)) continue;
    for (const run of [one, other]) if (digitsOf(run) <= codeMost) codes.add(run);
  }
}

/**
 * The runs that are a security code in an answer. Each sentence is judged by itself: “Hold on, I have to turn it over.
 * Okay, seven three seven.” After the sentence with the code, only short sentences and corrections still belong to it.
 */
export function codesOf(answer: Answer): ReadonlySet<Run> {
  const codes = new Set<Run>();
  const plain: Run[] = [];
  let isSaid = false;
  for (const sentence of sentencesOf(answer)) {
    const words = wordsOf(sentence.tokens);
    const wasSaid = isSaid;
    isSaid ||= sentence.tokens.some((token) => token.as === 'mark' && token.kind === 'cvc');
    if (sentence.runs.length === 0 || sentence.tokens.some(namesElse)) continue;
    const runs = sentence.runs.filter((run) => mayBeCode(run, answer));
    plain.push(...runs);
    if (words > wordsMost || (wasSaid && words > wordsBehindMost && !sentence.tokens.some(takesBack))) continue;
    const whole = runs.filter((run) => isCode(run, answer));
    const said = whole.length > 0 || isSaid ? whole : piecesOf(runs, sentence);
    for (const run of said) codes.add(run);
    isSaid ||= said.length > 0;
  }
  corrected(plain, codes, answer.tokens);
  return codes;
}

/** Topics that leave a question for a code open. */
export const isStillAsked = (topic: Topic | undefined): boolean =>
  topic === undefined || topic === 'detail' || topic === 'card' || topic === 'payment';
