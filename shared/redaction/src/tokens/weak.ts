import { withPortuguese } from './portuguese.ts';
import type { Token } from './token.ts';

/** Words that transcripts write for a digit, and Hindi digits in Latin letters. They mean digits only among digits. */
const weak: ReadonlyMap<string, number> = new Map(
  Object.entries({
    0: 'owe shunya sifar',
    1: 'won wun um ek',
    2: 'to too tu do',
    3: 'tree free teen',
    4: 'for fore char chaar',
    5: 'fif paanch panch',
    6: 'sicks chhe che chhah cheh',
    7: 'saat sat',
    8: 'ate ait aath',
    9: 'nain nau',
  }).flatMap(([digit, words]) => words.split(' ').map((word): [string, number] => [word, Number(digit)])),
);
/** So often said at the end of a sentence that they mean no digit there. */
const small = new Set(['to', 'too', 'for', 'do', 'free']);
/** Who says it so often means a digit. */
const againLeast = 3;
/** So many digits in a row that they are no prose. */
const stretchLeast = 8;

const isNumber = (token: Token | undefined): boolean =>
  (token?.as === 'spoken' && token.word.value < 100) || (token?.as === 'digits' && token.digits.length <= 4);
const isUnit = (token: Token | undefined): boolean =>
  (token?.as === 'spoken' && token.word.value < 10) || (token?.as === 'digits' && token.digits.length <= 4);
const weakValue = (token: Token | undefined): number | undefined =>
  token?.as === 'word' ? weak.get(token.text) : undefined;

function converted(tokens: readonly Token[], from: number, to: number): Token[] {
  return tokens.slice(from, to).map((token): Token => {
    const value = weakValue(token);
    if (value === undefined) return token;
    return { as: 'spoken', start: token.start, end: token.end, word: { as: 'unit', value, maybe: true } };
  });
}

/** Among many digits in a row, words that sound like a digit are one, or are dropped. */
export function withWeakDigits(text: string, all: readonly Token[]): readonly Token[] {
  const tokens = withPortuguese(text, all);
  if (!tokens.some((token) => weakValue(token) !== undefined)) return tokens;
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    let end = at;
    let heard = 0;
    for (; end < tokens.length; end += 1) {
      const token = tokens[end];
      if (isUnit(token) || weakValue(token) !== undefined) heard += 1;
      else if (!isNumber(token) && !(token?.as === 'word' && token.filler)) break;
    }
    let last = end;
    const stretch = tokens.slice(at, end);
    const again = (text: string): boolean =>
      stretch.filter((token) => token.as === 'word' && token.text === text).length > againLeast;
    for (const token of stretch.toReversed()) {
      if (!(token.as === 'word' && (token.filler || (small.has(token.text) && !again(token.text))))) break;
      last -= 1;
    }
    const isStretch = heard >= stretchLeast;
    // Pushed one by one: a stretch may be the whole text, and a call cannot take so many arguments.
    for (const token of isStretch ? converted(tokens, at, last) : tokens.slice(at, last)) found.push(token);
    for (const token of tokens.slice(last, end)) found.push(token);
    if (end < tokens.length) found.push(tokens[end] as Token);
    at = end + 1;
  }
  return found;
}
