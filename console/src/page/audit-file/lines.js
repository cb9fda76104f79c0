/** As much is read at once. */
const blockBytes = 65_536;
/** No line of an export is so long. A file without an end of line must not fill the memory. */
const lineMax = 4 * 1_048_576;
const endOfLine = 10;

/**
 * The text of a line. One that is not UTF-8 is no line of ours: decoded, different bytes would look alike.
 * @param {Uint8Array} bytes
 */
function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return '\ufffd';
  }
}

/** @param {Uint8Array} bytes @returns {string[]} */
function split(bytes) {
  const found = [];
  for (let from = 0; from <= bytes.length; ) {
    const end = bytes.indexOf(endOfLine, from);
    const upto = end === -1 ? bytes.length : end;
    found.push(textOf(bytes.subarray(from, upto)));
    from = upto + 1;
  }
  return found;
}

/** @param {Uint8Array} one @param {Uint8Array} other */
function joined(one, other) {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/**
 * The lines of a file, as many as one block brings, with how many bytes were read.
 * @param {Blob} file @returns {AsyncGenerator<{lines: readonly string[], bytes: number}>}
 */
export async function* linesOf(file) {
  let rest = new Uint8Array();
  for (let at = 0; at < file.size; at += blockBytes) {
    const block = new Uint8Array(await file.slice(at, at + blockBytes).arrayBuffer());
    const bytes = at + block.length;
    const end = block.lastIndexOf(endOfLine);
    if (end !== -1) yield { lines: split(joined(rest, block.subarray(0, end))), bytes };
    rest = end === -1 ? joined(rest, block) : block.slice(end + 1);
    if (rest.length > lineMax) return yield { lines: [''], bytes };
  }
  if (rest.length > 0) yield { lines: split(rest), bytes: file.size };
}
