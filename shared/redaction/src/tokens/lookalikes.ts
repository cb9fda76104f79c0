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
};
const round = /^[oоοօ]+$/i;
/** Letters that are read as figures at the edge of others too. S, Z and B are only read so within. */
const likely = /^[oоοօliіι|]+$/i;
const strokes = /^[lI|]{4}$/;
const lookalike = /^[oоοօliіιsѕzb]+$/i;
const longestWord = 8;

const isDigits = (token: Token | undefined): boolean => token?.as === 'digits';
/** Figures stand right beside a place, or a separator away. */
const touches = (a: Token | undefined, b: Token | undefined): boolean =>
  a !== undefined && b !== undefined && b.start === a.end;
const near = (a: Token | undefined, b: Token | undefined): boolean =>
  a !== undefined && b !== undefined && b.start - a.end <= 1;

/** Whether letters stand for figures: “51O5 1O51”. A word that touches no figure does only if it is round. */
function isFigure(text: string, tokens: readonly Token[], at: number): boolean {
  const [before, token, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (token === undefined || (token.as !== 'word' && token.as !== 'spoken') || token.end - token.start > longestWord)
    return false;
  const sign = text.slice(token.start, token.end);
  if (!lookalike.test(sign)) return false;
  const [left, right] = [isDigits(before) && touches(before, token), isDigits(after) && touches(token, after)];
  if (left && right) return true;
  if (left || right) return likely.test(sign) && !(left ? touches(token, after) : touches(before, token));
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
    if (!isFigure(text, found, at)) continue;
    const digits = Array.from(text.slice(token.start, token.end).toLowerCase(), (sign) => digitOf[sign] ?? '').join('');
    found = found === tokens ? [...tokens] : found;
    (found as Token[])[at] = { as: 'digits', start: token.start, end: token.end, digits };
  }
  return found;
}
