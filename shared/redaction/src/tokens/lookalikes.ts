import type { Token } from './token.ts';

const digitOf: Readonly<Record<string, string>> = {
  o: '0',
  о: '0',
  ο: '0',
  օ: '0',
  q: '0',
  l: '1',
  i: '1',
  і: '1',
  ι: '1',
  s: '5',
  ѕ: '5',
  z: '2',
  b: '8',
  g: '6',
};
const round = /^[oоοօ]+$/i;
/** Letters that are read as figures at the edge of others too. S, Z, B and G are only read so within. */
const likely = /^[oоοօliіι|]+$/i;
const strokes = /^[lI|]{4}$/;
const lookalike = /^[oоοօliіιsѕzbg]+$/i;
const longestWord = 8;

const isDigits = (token: Token | undefined): boolean => token?.as === 'digits';
/** Figures stand right beside a place, or a separator away. */
const touches = (a: Token | undefined, b: Token | undefined): boolean =>
  a !== undefined && b !== undefined && b.start === a.end;
const near = (a: Token | undefined, b: Token | undefined): boolean =>
  a !== undefined && b !== undefined && b.start - a.end <= 1;

/** A stroke between figures one by one: “4 5 3 9 l 4 8 8”. */
const stroke = /^[lI|]$/;
const strokeFiguresLeast = 8;
const isStroke = (sign: string, before: Token | undefined, token: Token, after: Token | undefined): boolean =>
  stroke.test(sign) && isDigits(before) && isDigits(after) && near(before, token) && near(token, after);

/** Letters that are no figures. An x only separates. */
const isOtherLetter = (text: string, { start, end }: Token): boolean => {
  const letters = text.slice(start, end);
  return letters !== 'x' && !lookalike.test(letters);
};
/** “1Z999AA1012”: other letters between the figures beside a letter make it a part of an identifier. */
function isOfIdentifier(text: string, tokens: readonly Token[], at: number): boolean {
  const [left, right] = [tokens[at - 2], tokens[at + 2]];
  if (left !== undefined && left.as === 'word' && left.end === tokens[at - 1]?.start && isOtherLetter(text, left))
    return isDigits(tokens[at - 3]) && touches(tokens[at - 3], left);
  if (right?.as !== 'word' || right.start !== tokens[at + 1]?.end || !isOtherLetter(text, right)) return false;
  return isDigits(tokens[at + 3]) && touches(right, tokens[at + 3]);
}

/** Whether letters stand for figures: “51O5 1O51”. A word that touches no figure does only if it is round. */
function isFigure(text: string, tokens: readonly Token[], at: number, many: boolean): boolean {
  const [before, token, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (token === undefined || (token.as !== 'word' && token.as !== 'spoken') || token.end - token.start > longestWord)
    return false;
  const sign = text.slice(token.start, token.end);
  if (!lookalike.test(sign)) return false;
  const [left, right] = [isDigits(before) && touches(before, token), isDigits(after) && touches(token, after)];
  if ((left || right) && isOfIdentifier(text, tokens, at)) return false;
  if (left && right) return true;
  if (left || right) return likely.test(sign) && !(left ? touches(token, after) : touches(before, token));
  if (many && isStroke(sign, before, token, after)) return true;
  if (strokes.test(sign) && isDigits(before) && near(before, token)) return true;
  return (
    round.test(sign) &&
    sign.length > 1 &&
    isDigits(before) &&
    near(before, token) &&
    isDigits(after) &&
    near(token, after)
  );
}

/** How many figures make a card possible. */
const figuresLeast = 4;

/** Letters among figures as the figures they look like. */
export function withFigures(text: string, tokens: readonly Token[]): readonly Token[] {
  const figures = tokens.reduce((sum, token) => sum + (token.as === 'digits' ? token.digits.length : 0), 0);
  if (figures < figuresLeast) return tokens;
  let found = tokens;
  for (const [at, token] of tokens.entries()) {
    if (!isFigure(text, found, at, figures >= strokeFiguresLeast)) continue;
    const digits = Array.from(text.slice(token.start, token.end).toLowerCase(), (sign) => digitOf[sign] ?? '').join('');
    found = found === tokens ? [...tokens] : found;
    (found as Token[])[at] = { as: 'digits', start: token.start, end: token.end, digits };
  }
  return found;
}
