import { portuguese } from '../words/pt.ts';
import { plainWord } from '../words/words.ts';
import type { Spoken, Token } from './token.ts';

/** What Portuguese counts with. */
const vocabulary: ReadonlySet<string> = new Set(
  [
    ...portuguese.units.flat(),
    ...[portuguese.teens, portuguese.tens, portuguese.hundredsAlone, portuguese.times, portuguese.plurals].flatMap(
      Object.keys,
    ),
    ...portuguese.thousand,
    ...portuguese.fold,
  ].map(plainWord),
);
const isUm = (token: Token | undefined): boolean => token?.as === 'word' && token.text === 'um';
/** “o cartão”: “the”, and no English nought. */
const isArticle = (text: string, { start, end }: Token): boolean => /^o$/i.test(text.slice(start, end));
const isMeia = (text: string, { start, end }: Token): boolean => plainWord(text.slice(start, end)) === 'meia';
const unit = ({ start, end }: Token, value: number): Spoken => ({
  ...{ as: 'spoken', start, end },
  word: { as: 'unit', value },
});

/** “really um um um”: who hesitates says fewer. */
const umsLeast = 3;
/** The largest share of number words that may be of another language, or mean no number: “this one: quatro um”. */
const othersMost = 0.2;

/** For each place the token there, or else the last before it in the given order, without fillers. */
function nearest(tokens: Iterable<Token>): (Token | undefined)[] {
  const found: (Token | undefined)[] = [];
  let last: Token | undefined;
  for (const token of tokens) {
    found.push(last);
    if (!(token.as === 'word' && token.filler) || isUm(token)) last = token;
  }
  return found;
}

/**
 * “um” is one in Portuguese and a hesitation in English; “meia” is six, and half an hour. Where number words are
 * Portuguese, even if they are only “um um um um”, each is a digit beside others.
 */
export function withPortuguese(text: string, tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some((token) => isUm(token) || (token.as === 'spoken' && token.word.maybe === true))) return tokens;
  const spoken = tokens.filter((token) => token.as === 'spoken' && !isArticle(text, token));
  const others = spoken.filter(({ start, end }) => !vocabulary.has(plainWord(text.slice(start, end))));
  if (others.length > spoken.length * othersMost) return tokens;
  const isAlone = tokens.every((token) => isUm(token) || (token.as === 'word' && token.filler));
  if (spoken.length === 0 && !isAlone && tokens.filter(isUm).length < umsLeast) return tokens;
  const before = nearest(tokens);
  const after = nearest(tokens.toReversed()).toReversed();
  const isDigit = (token: Token | undefined): boolean =>
    isUm(token) || token?.as === 'spoken' || (token?.as === 'digits' && token.digits.length <= 4);
  return tokens.map((token, at): Token => {
    if (isUm(token)) return isDigit(before[at]) || isDigit(after[at]) ? unit(token, 1) : token;
    if (token.as !== 'spoken' || token.word.maybe !== true || !isMeia(text, token)) return token;
    // “sete e meia” is a time.
    return isDigit(after[at]) || isDigit(tokens[at - 1]) ? unit(token, 6) : token;
  });
}
