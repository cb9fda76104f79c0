/** @typedef {Readonly<{kind: 'same' | 'gone' | 'new', text: string}>} Line */

/** More pairs of lines than a page compares while somebody waits. */
const pairsMax = 4_000_000;

/** How many lines the beginnings of two texts share. @param {readonly string[]} one @param {readonly string[]} other */
function sharedStart(one, other) {
  let at = 0;
  while (at < one.length && at < other.length && one[at] === other[at]) at += 1;
  return at;
}

/**
 * The length of the longest common row of lines of each pair of ends, row after row.
 * @param {readonly string[]} before @param {readonly string[]} after
 */
function commonLengths(before, after) {
  const width = after.length + 1;
  const table = new Uint32Array((before.length + 1) * width);
  const length = (/** @type {number} */ row, /** @type {number} */ column) => table[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1)
    for (let column = after.length - 1; column >= 0; column -= 1)
      table[row * width + column] =
        before[row] === after[column]
          ? length(row + 1, column + 1) + 1
          : Math.max(length(row + 1, column), length(row, column + 1));
  return length;
}

/** @param {readonly string[]} before @param {readonly string[]} after @returns {Line[]} */
function between(before, after) {
  const gone = (/** @type {string} */ text) => /** @type {Line} */ ({ kind: 'gone', text });
  const made = (/** @type {string} */ text) => /** @type {Line} */ ({ kind: 'new', text });
  if (before.length * after.length > pairsMax) return [...before.map(gone), ...after.map(made)];
  const length = commonLengths(before, after);
  /** @type {Line[]} */
  const lines = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const [old, text] = [before[row], after[column]];
    if (old !== undefined && old === text) {
      lines.push({ kind: 'same', text: old });
      [row, column] = [row + 1, column + 1];
    } else if (text === undefined || (old !== undefined && length(row + 1, column) >= length(row, column + 1))) {
      lines.push(gone(old ?? ''));
      row += 1;
    } else {
      lines.push(made(text));
      column += 1;
    }
  }
  return lines;
}

/**
 * The lines of two texts: those that both have, that are gone and that are new. As many as possible stay the same,
 * where the texts are no longer than a page compares.
 * @param {string} before @param {string} after @returns {readonly Line[]}
 */
export function lineDiff(before, after) {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const start = sharedStart(old, now);
  const end = sharedStart(old.slice(start).reverse(), now.slice(start).reverse());
  const same = (/** @type {string} */ text) => /** @type {Line} */ ({ kind: 'same', text });
  return [
    ...old.slice(0, start).map(same),
    ...between(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...old.slice(old.length - end).map(same),
  ];
}

/**
 * The lines that differ, with a few around them; `undefined` stands where others are left out.
 * @param {readonly Line[]} lines @returns {readonly (Line | undefined)[]}
 */
export function withoutSame(lines, around = 3) {
  const isNear = lines.map(() => false);
  for (const [at, { kind }] of lines.entries())
    if (kind !== 'same') isNear.fill(true, Math.max(0, at - around), at + around + 1);
  return lines.flatMap((line, at) => (isNear[at] ? [line] : isNear[at - 1] === false ? [] : [undefined]));
}
