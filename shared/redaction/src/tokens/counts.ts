import { signs } from '../words/cue-words.ts';
import { isDigitNoun } from '../words/words.ts';
import { hints } from './cues.ts';
import type { Token } from './token.ts';

const isNumber = (token: Token | undefined): boolean => token?.as === 'spoken' || token?.as === 'digits';
const word = ({ start, end }: Token, text = ''): Token => ({ as: 'word', start, end, text, filler: false, and: false });
const isWord = (token: Token | undefined): boolean => token?.as === 'word' && !token.filler;

const numberOf = (token: Token): number =>
  token.as === 'spoken' ? token.word.value : token.as === 'digits' ? Number(token.digits) : 0;

/** The counts of digits that people name: the last four, the first six, sixteen in all. */
const isSmallCount = (token: Token): boolean => numberOf(token) >= 3 && numberOf(token) <= 19;

const shown = 4;
/** What a count of digits is about: sixteen digits are a card, three are its code, and its last four may be shown. */
function counted(tokens: readonly Token[], at: number): string {
  const [before, token, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  const many = token === undefined ? 0 : numberOf(token);
  if (many === shown && (hints(before, 'lastFour') || hints(after, 'lastFour'))) return signs.lastFour;
  return many > 12 ? 'card' : many === 3 ? '#code' : '';
}

const ordinal = /^(?:st|nd|rd|th)$/;
/** “May 28th”. */
const isRank = (token: Token, after: Token | undefined): boolean =>
  token.as === 'digits' &&
  token.digits.length < 3 &&
  after?.as === 'word' &&
  after.start === token.end &&
  ordinal.test(after.text);

/** “the three little digits”. */
const small = new Set(
  'little small tiny petits kleinen kleine piccole piccoli pequenos ultimos ultimas last'.split(' '),
);

/** “the next four digits”, “the last four of it”, “les quatre derniers” count digits and say none. */
function countsDigits(text: string, tokens: readonly Token[], at: number): boolean {
  const [before, token, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (token === undefined || !(isSmallCount(token) || isRank(token, after))) return false;
  const begins = !(isNumber(before) || before?.as === 'mark') || /[,;:.!?]/.test(text.slice(before?.end, token.start));
  if (!begins) return false;
  if (isRank(token, after)) return true;
  const noun = after?.as === 'word' && small.has(after.text) ? tokens[at + 2] : after;
  if (noun?.as === 'word' && isDigitNoun(noun.text)) return true;
  if (hints(after, 'orderBehind')) return true;
  if (hints(before, 'order') && (after === undefined || /^\s*[?!.]/.test(text.slice(token.end, after.start))))
    return true;
  return hints(before, 'lastFour') ? after?.as === 'word' : hints(before, 'order') && isWord(after);
}

/** “twice” and “dos veces” multiply a digit that follows, and say nothing of digits where none does. */
function idles(tokens: readonly Token[], at: number): boolean {
  const [token, after] = [tokens[at], tokens[at + 1]];
  if (token?.as !== 'spoken' || (token.word.as !== 'fold' && token.word.as !== 'times')) return false;
  const multiplied = after?.as === 'word' && after.filler ? tokens[at + 2] : after;
  return !isNumber(multiplied) && multiplied?.as !== 'mark';
}

/**
 * “one moment”, “un instant”, “the other one: 4111”: a one before another word, or at the end of a phrase, may say no
 * digit.
 */
function asArticle(text: string, token: Token, after: Token | undefined): Token {
  if (token.as !== 'spoken' || token.word.as !== 'unit' || token.word.value !== 1) return token;
  const ends = isWord(after) || /[:;.!?]/.test(text.slice(token.end, after?.start));
  return ends ? { ...token, word: { ...token.word, maybe: true } } : token;
}

/** “au dos”: French for the back of a card, and Spanish for two. */
const isBack = (token: Token, before: Token | undefined): boolean =>
  token.as === 'spoken' && token.word.value === 2 && before?.as === 'word' && before.text === 'au';

/** Numbers that say how many, and not which, become words. */
export const withoutCounts = (text: string, tokens: readonly Token[]): readonly Token[] =>
  tokens.map((token, at) => {
    if (!isNumber(token)) return token;
    if (isBack(token, tokens[at - 1])) return word(token, 'verso');
    const fold = tokens[at + 1];
    const isFolded = fold?.as === 'spoken' && fold.word.as === 'fold' && idles(tokens, at + 1);
    if (countsDigits(text, tokens, at)) return word(token, counted(tokens, at));
    return idles(tokens, at) || (isFolded && token.as === 'spoken') ? word(token) : asArticle(text, token, fold);
  });
