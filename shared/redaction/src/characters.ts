const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The index in a text where the half of a character does not begin: at most `at`. */
function beforeHalf(text: string, at: number): number {
  const isHalf = /^[\udc00-\udfff]$/.test(text[at] ?? '') && /^[\ud800-\udbff]$/.test(text[at - 1] ?? '');
  return isHalf ? at - 1 : at;
}

/**
 * Where a text is cut so that at most `most` UTF-16 units stand before it: between two characters as a reader sees them
 * (UAX 29), or inside one that alone is longer; never inside a surrogate pair. `most` is 2 or more, so that there is
 * always something before it.
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
