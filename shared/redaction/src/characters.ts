const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The largest index up to `at` that does not split a surrogate pair. */
function beforeHalf(text: string, at: number): number {
  const isHalf = /^[\udc00-\udfff]$/.test(text[at] ?? '') && /^[\ud800-\udbff]$/.test(text[at - 1] ?? '');
  return isHalf ? at - 1 : at;
}

/**
 * The index at which a text is cut, with at most `most` UTF-16 units before it: between two characters as a reader sees
 * them (UAX 29), or inside one that alone is longer, but never inside a surrogate pair. `most` is 2 or more, so that
 * there is always something before it.
 */
export function placeToCut(text: string, most: number): number {
  if (most < 2) throw new RangeError('a character may need two units');
  if (text.length <= most) return text.length;
  const begins = graphemes.segment(text).containing(most)?.index ?? 0;
  return begins > 0 ? begins : beforeHalf(text, most);
}

/** The beginning of a text, `most` UTF-16 units at most, cut at a character. */
export const beginningOf = (text: string, most: number): string => text.slice(0, placeToCut(text, most));

/**
 * A text in pieces of `most` UTF-16 units at most, each cut at a character; together they are the text. One empty piece
 * for an empty text.
 */
export function piecesOf(text: string, most: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  do {
    const piece = beginningOf(rest, most);
    pieces.push(piece);
    rest = rest.slice(piece.length);
  } while (rest !== '');
  return pieces;
}
