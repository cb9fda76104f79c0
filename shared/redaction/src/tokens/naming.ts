import { byWord, type Cue, signs } from '../words/cue-words.ts';
import { isDigitNoun } from '../words/words.ts';
import {
  acronyms,
  codeOfOther,
  codes,
  compound,
  joints,
  letters,
  nothing,
  numbers,
  onBack,
  onFront,
  open,
  otherCards,
  pairs,
  places,
  publicly,
  secure,
  shares,
  shortestCompound,
  shortestStreet,
  streets,
  verifying,
} from './name-words.ts';
import type { Token } from './token.ts';

const has = (word: string | undefined, cue: Cue): boolean =>
  word !== undefined && (byWord.get(word)?.has(cue) ?? false);
const textOf = (token: Token | undefined): string | undefined => (token?.as === 'word' ? token.text : undefined);

/** The next words behind a place, past “of the”. */
function behind(tokens: readonly Token[], at: number): { noun: string | undefined; jointed: boolean } {
  let next = at + 1;
  while (next <= at + 3 && joints.has(textOf(tokens[next]) ?? '')) next += 1;
  return { noun: textOf(tokens[next]), jointed: next > at + 1 };
}
/** The last word before a place that is no mere filler. */
const before = (tokens: readonly Token[], at: number): string | undefined => textOf(tokens[at - 1]);

/** A letter by itself, also by its name. */
const letterOf = (token: Token | undefined): string | undefined => {
  const word = textOf(token);
  if (word === undefined || word.length > longestLetter) return undefined;
  return word.length === 1 ? word : letters[word];
};

function acronymAt(tokens: readonly Token[], at: number): { sign: string; size: number } | undefined {
  let spelled = '';
  for (let size = 1; size <= 4; size += 1) {
    const letter = letterOf(tokens[at + size - 1]);
    if (letter === undefined) return undefined;
    spelled += letter;
    const sign = acronyms[spelled];
    if (sign !== undefined) return { sign, size };
  }
  return undefined;
}

/** How many digits a number word says at least. */
const digitsOf = (token: Token | undefined): number =>
  token?.as === 'digits' ? token.digits.length : token?.as === 'spoken' ? (token.word.as === 'unit' ? 1 : 2) : 0;
const wordsBehindCode = 4;

/** Whether the next number behind a word has three digits: codes that verify a person by telephone have more. */
function hasThreeDigits(tokens: readonly Token[], at: number): boolean {
  let next = at + 1;
  while (next <= at + wordsBehindCode && tokens[next]?.as === 'word') next += 1;
  let digits = 0;
  for (; digits < 4 && digitsOf(tokens[next]) > 0; next += 1) digits += digitsOf(tokens[next]);
  return digits === 3;
}

const isBack = (tokens: readonly Token[], at: number): boolean => {
  const word = textOf(tokens[at]) ?? '';
  return onBack.has(word) || (word === 'back' && before(tokens, at) === 'the');
};
const [backBehind, backBefore] = [7, 4];
const hasBack = (tokens: readonly Token[], at: number): boolean => {
  for (let near = Math.max(0, at - backBefore); near < at + backBehind; near += 1)
    if (isBack(tokens, near)) return true;
  return false;
};

/** Where some brands have it. Numbers on the front are a card’s. */
const hasFront = (tokens: readonly Token[], at: number): boolean =>
  tokens.slice(at + 1, at + backBehind).some((token, behind) => {
    const word = textOf(token) ?? '';
    return onFront.has(word) || (word === 'front' && textOf(tokens[at + behind]) === 'the');
  });

/** “three-digit code”, “código de tres dígitos”. */
const isOfThree = (tokens: readonly Token[], at: number): boolean =>
  tokens.slice(at + 1, at + 3).some((token) => textOf(token) === '#code') ||
  (textOf(tokens[at - 2]) === '#code' && isDigitNoun(textOf(tokens[at - 1]) ?? ''));

const secureBehind = 4;
function signOfCode(tokens: readonly Token[], at: number): string | undefined {
  const [previous, { noun, jointed }] = [before(tokens, at), behind(tokens, at)];
  if (previous === 'security' && before(tokens, at - 1) === 'social') return undefined;
  if (secure.has(previous ?? '') || (jointed && secure.has(noun ?? '')) || hasBack(tokens, at)) return signs.cvv;
  const isWord = !numbers.has(textOf(tokens[at]) ?? '') && textOf(tokens[at]) !== 'digits';
  if (isWord && (hasFront(tokens, at) || isOfThree(tokens, at))) return signs.cvv;
  // “les trois chiffres de sécurité”.
  const isSecure = tokens.slice(at + 1, at + 1 + secureBehind).some((token) => secure.has(textOf(token) ?? ''));
  if (textOf(tokens[at]) === '#code' && isSecure) return signs.cvv;
  // “le code de la carte”, which its PIN may be too.
  if (jointed && has(noun, 'card') && isWord) return signs.cvv;
  const verifies = verifying.has(previous ?? '') || (jointed && verifying.has(noun ?? ''));
  if (verifies) return hasThreeDigits(tokens, at) ? signs.cvv : undefined;
  if (codeOfOther.has(previous ?? '') || codeOfOther.has(noun ?? '')) return signs.other;
  const isOfElse = jointed && noun !== undefined && noun.length > 2 && !byWord.has(noun) && !open.has(noun);
  return isOfElse && !numbers.has(textOf(tokens[at]) ?? '') ? signs.other : undefined;
}

function signOfNumber(tokens: readonly Token[], at: number): string | undefined {
  const token = tokens[at];
  const [previous, { noun, jointed }] = [tokens[at - 1], behind(tokens, at)];
  const named = textOf(previous);
  if (jointed && noun !== undefined) {
    const known = byWord.get(noun);
    return known !== undefined || (previous?.as === 'word' && !previous.filler && has(named, 'card'))
      ? undefined
      : signs.other;
  }
  if (previous?.as !== 'word' || previous.filler || named === undefined || named === '') return undefined;
  if (open.has(named) || byWord.has(named) || token === undefined) return undefined;
  return signs.other;
}

/** Words whose meaning depends on the words before or behind them. */
const read: ReadonlySet<string> = new Set([
  ...codes,
  ...numbers,
  'social',
  'back',
  ...shares,
  ...Object.keys(pairs).flatMap((pair) => pair.split(' ').slice(1)),
  ...[...nothing].flatMap((pair) => pair.split('_').slice(1)),
  ...[...byWord].flatMap(([word, hinted]) => (hinted.has('card') ? [word] : [])),
]);
const longestLetter = 3;

/** Prüfzahl, Kontrollziffer, controlecijfer; Visakartennummer; and any other number or code: Teilenummer. */
const ofCode = /^(?:karten|kredit|kaart)?(?:pruf|sicherheits|kontroll|controle|veiligheids|beveiligings)/;
const ofCard = /^(?:kredit|debit|giro|bank|visa|mastercard|credit)?(?:karten|kaart|pas)/;
function signOfCompound(word: string): string | undefined {
  if (word.length >= shortestStreet && streets.test(word)) return signs.other;
  if (ofCode.test(word) && /(?:getal|cijfers?|ziffern)$/.test(word)) return signs.cvv;
  if (word.length < shortestCompound || !compound.test(word) || byWord.has(word)) return undefined;
  return ofCode.test(word) ? signs.cvv : ofCard.test(word) ? signs.card : signs.other;
}

/** “the back”, and not “to call you back”. */
const isPlaceOfCode = (before: string, after: string | undefined): boolean =>
  before === '' || before === 'the' || before === 'on' || before === 'card' || after === 'of';

function signAt(tokens: readonly Token[], at: number): string | undefined {
  const word = textOf(tokens[at]) ?? '';
  if (!read.has(word)) return signOfCompound(word);
  const previous = before(tokens, at) ?? '';
  const pair = pairs[`${previous} ${word}`];
  const countsDigits = pair === signs.amount && isDigitNoun(textOf(tokens[at + 1]) ?? '');
  if (pair !== undefined) return countsDigits ? undefined : pair;
  if (word === 'back' && !isPlaceOfCode(previous, textOf(tokens[at + 1]))) return '';
  if (nothing.has(`${previous}_${word}`) || (shares.has(word) && (has(previous, 'order') || places.has(previous))))
    return '';
  if (codes.has(word)) {
    const sign = signOfCode(tokens, at);
    if (sign !== undefined) return sign;
  }
  if (word === 'social' && !publicly.has(textOf(tokens[at + 1]) ?? '')) return signs.ssn;
  if (numbers.has(word)) return hasBack(tokens, at) ? signs.cvv : signOfNumber(tokens, at);
  if (has(word, 'card') && otherCards.has(previous)) return signs.other;
  return undefined;
}

/** Joins words that only mean something together into one token, at the place of the last. */
export function withNames(tokens: readonly Token[]): readonly Token[] {
  let found: Token[] | undefined;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token?.as !== 'word') continue;
    const acronym = letterOf(token) === undefined ? undefined : acronymAt(tokens, at);
    const sign = acronym?.sign ?? signAt(tokens, at);
    if (sign === undefined) continue;
    found ??= [...tokens];
    const size = acronym?.size ?? 1;
    for (let part = at; part < at + size; part += 1) {
      const { start, end } = tokens[part] as Token;
      const last = part === at + size - 1;
      found[part] = { as: 'word', start, end, text: last ? sign : '', filler: !last, and: false };
    }
    at += size - 1;
  }
  return found ?? tokens;
}
