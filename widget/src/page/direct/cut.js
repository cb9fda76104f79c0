// The rules of @vox/redaction/text for a browser. One property test runs both.
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** @param {string} text @param {number} at */
function beforeHalf(text, at) {
  const isHalf = /^[\udc00-\udfff]$/.test(text[at] ?? '') && /^[\ud800-\udbff]$/.test(text[at - 1] ?? '');
  return isHalf ? at - 1 : at;
}

/** @param {string} text @param {number} most */
function placeToCut(text, most) {
  if (text.length <= most) return text.length;
  const begins = graphemes.segment(text).containing(most)?.index ?? 0;
  return begins > 0 ? begins : beforeHalf(text, most);
}

/**
 * A text in pieces of at most `most` UTF-16 units (2 or more), each cut at a character. Together they are the text. An
 * empty text is one empty piece.
 * @param {string} text
 * @param {number} most
 */
export function piecesOf(text, most) {
  /** @type {string[]} */
  const pieces = [];
  let rest = text;
  do {
    const piece = rest.slice(0, placeToCut(rest, most));
    pieces.push(piece);
    rest = rest.slice(piece.length);
  } while (rest !== '');
  return pieces;
}

/** A text with U+FFFD in place of each half of a character. @param {string} text */
export const wholeCharacters = (text) => text.replace(/\p{Surrogate}/gu, '\ufffd');
