import type { Token } from './token.ts';

/** Behind a marker: “1. ”, “2) ”, “3: ”. */
const behind = /^[.):]{1,2}[ \t]/;
const longestMarker = 2;
/** Fewer markers in a row may be digits. */
const markersLeast = 2;

/** The numbers of a list, “1. 4242” and “2. 4242”, count its lines: they stand between digits and are none. */
export function withoutMarkers(text: string, tokens: readonly Token[]): readonly Token[] {
  const found: number[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.as !== 'digits' || token.digits.length > longestMarker) continue;
    if (Number(token.digits) !== found.length + 1 || !behind.test(text.slice(token.end, token.end + 3))) continue;
    const next = tokens[at + 1];
    if (next?.as === 'digits' ? next.digits.length > 1 : next?.as === 'spoken') found.push(at);
  }
  if (found.length < markersLeast) return tokens;
  const all = new Set(found);
  return tokens.map(
    (token, at): Token =>
      all.has(at) ? { as: 'word', start: token.start, end: token.end, text: '', filler: true, and: false } : token,
  );
}
