/** A text without case and accents, so that nobody needs to type them. @param {string} text */
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * How well a text is what was typed: 0 where it begins so, 1 where every part begins a word of it, 2 where every part
 * is somewhere in it, and `undefined` for none.
 * @param {string} text @param {readonly string[]} parts
 */
function rankOf(text, parts) {
  if (!parts.every((part) => text.includes(part))) return undefined;
  if (text.startsWith(parts.join(' '))) return 0;
  const starts = text.split(/[^\p{L}\p{N}]+/u);
  return parts.every((part) => starts.some((word) => word.startsWith(part))) ? 1 : 2;
}

/**
 * What of a list somebody may mean by what they typed, the likeliest first; all of it as long as nothing is typed.
 * @template {{text: string}} T @param {readonly T[]} entries @param {string} typed @returns {T[]}
 */
export function matching(entries, typed) {
  const parts = plain(typed).split(/\s+/).filter(Boolean);
  return entries
    .map((entry) => ({ entry, rank: rankOf(plain(entry.text), parts) }))
    .filter(({ rank }) => rank !== undefined)
    .sort((one, other) => Number(one.rank) - Number(other.rank))
    .map(({ entry }) => entry);
}

/**
 * Which line is chosen after a key of the keyboard, of so many: the ends lead to each other (WAI-ARIA APG, combobox).
 * `undefined` for a key that chooses nothing.
 * @param {string} key @param {number} at @param {number} count
 */
export function chosenAfter(key, at, count) {
  const last = Math.max(0, count - 1);
  if (key === 'ArrowDown') return at >= last ? 0 : at + 1;
  if (key === 'ArrowUp') return at <= 0 ? last : at - 1;
  if (key === 'PageDown') return Math.min(last, at + 5);
  return key === 'PageUp' ? Math.max(0, at - 5) : undefined;
}
