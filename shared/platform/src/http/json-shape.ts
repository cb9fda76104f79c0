/**
 * Bounds on the structure of a JSON text: the depth of containers, the values in one container, and the values in all.
 */
export type JsonShape = Readonly<{ maxDepth: number; maxItems: number; maxNodes: number }>;

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openArray, closeArray, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/** The byte after a string that begins behind `from`. Strings are skipped whatever their length. */
function behindString(text: Buffer, from: number): number {
  let at = text.indexOf(quote, from);
  while (at >= 0) {
    let escapes = 0;
    while (at - escapes > from && text[at - escapes - 1] === backslash) escapes += 1;
    if (escapes % 2 === 0) return at + 1;
    at = text.indexOf(quote, at + 1);
  }
  return text.length;
}

/**
 * What is wrong with the structure of a JSON text, before anything is made of it; `undefined` when nothing is. It looks
 * at each byte once and keeps one number for each open container, so that refusing costs no more than reading. A text
 * that is no JSON may pass: the parser refuses it.
 */
export function misshapen(text: Buffer, { maxDepth, maxItems, maxNodes }: JsonShape): string | undefined {
  const items: number[] = [];
  let nodes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at];
    if (byte === quote) at = behindString(text, at + 1) - 1;
    else if (byte === openArray || byte === openObject) {
      items.push(1);
      nodes += 1;
      if (items.length > maxDepth) return `must not be nested deeper than ${maxDepth}`;
    } else if (byte === closeArray || byte === closeObject) items.pop();
    else if (byte === comma) {
      nodes += 1;
      const here = (items.pop() ?? 0) + 1;
      items.push(here);
      if (here > maxItems) return `must not hold more than ${maxItems} values in one list or object`;
    }
    if (nodes > maxNodes) return `must not hold more than ${maxNodes} values in all`;
  }
  return undefined;
}
