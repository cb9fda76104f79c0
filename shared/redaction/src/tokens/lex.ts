import type { Cut } from '../cuts/cut.ts';
import { joinedDigits } from '../words/joined.ts';
import { isAnd, isFiller, numberWord, plainWord } from '../words/words.ts';
import { withoutCounts } from './counts.ts';
import { asciiDigits, figured } from './digit.ts';
import { withoutIdentifiers } from './identifier.ts';
import { withFigures } from './lookalikes.ts';
import { withoutMarkers } from './markers.ts';
import { masked } from './masked.ts';
import { withNames } from './naming.ts';
import type { Token } from './token.ts';
import { withWeakDigits } from './weak.ts';

/**
 * An HTML entity such as “&nbsp;” and “%20” only separate. Each alternative repeats one class of characters, so no part
 * of a text is matched twice.
 */
const lexeme =
  /%20|&(?:[a-z]{2,8}|#x?[0-9a-f]{2,6});|\[REDACTED:([a-z-]{1,16})(?: …[0-9]{4})?\]|\p{Nd}+|\p{No}|\p{L}[\p{L}\p{M}\p{Cf}]*/gu;
const digit = /^\p{Nd}/u;
const figure = /^\p{No}/u;

function token(match: RegExpExecArray): Token | undefined {
  const [text, kind] = match;
  if (text.startsWith('&') || text.startsWith('%')) return undefined;
  const place = { start: match.index, end: match.index + text.length };
  if (kind !== undefined) return { ...place, as: 'mark', kind };
  if (digit.test(text)) return { ...place, as: 'digits', digits: asciiDigits(text) };
  if (figure.test(text)) {
    const digits = figured(text);
    return digits === undefined ? undefined : { ...place, as: 'digits', digits };
  }
  const plain = plainWord(text);
  const word = numberWord(plain);
  if (word !== undefined) return { ...place, as: 'spoken', word };
  const joined = joinedDigits(plain);
  if (joined !== undefined) return { ...place, as: 'digits', digits: joined };
  return { ...place, as: 'word', text: plain, filler: isFiller(plain), and: isAnd(plain) };
}

/** The tokens of a text in order: figures, number words, other words and marks. Everything else only separates. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(lexeme)) {
    const next = token(match);
    if (next !== undefined) tokens.push(next);
  }
  return tokens;
}

/**
 * The tokens as they are meant, with marks for cuts: lookalikes become digits, and digits that are none become words.
 */
export function meant(text: string, tokens: readonly Token[], cuts: readonly Cut[] = []): readonly Token[] {
  const figures = withoutIdentifiers(text, withFigures(text, masked(tokens, cuts)));
  return withNames(withoutCounts(text, withWeakDigits(text, withoutMarkers(text, figures))));
}

export const lex = (text: string): readonly Token[] => meant(text, tokensOf(text));
