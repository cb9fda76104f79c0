import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineDiff, withoutSame } from './line-diff.js';

const text = fc.array(fc.constantFrom('a', 'b', 'c', '{', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));
const linesOf = (/** @type {readonly {kind: string, text: string}[]} */ lines, /** @type {string} */ other) =>
  lines
    .filter(({ kind }) => kind !== other)
    .map((line) => line.text)
    .join('\n');

/**
 * The longest row of lines that both have, found by trying.
 * @param {string[]} one
 * @param {string[]} other
 * @returns {number}
 */
function longest([first, ...one], other) {
  if (first === undefined || other.length === 0) return 0;
  const at = other.indexOf(first);
  return Math.max(longest(one, other), at === -1 ? 0 : 1 + longest(one, other.slice(at + 1)));
}

describe('the difference of two texts', () => {
  it('holds every line of both in its order, and leaves as many as possible the same', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before, after);
        expect([linesOf(lines, 'new'), linesOf(lines, 'gone')]).toEqual([before, after]);
        const same = lines.filter(({ kind }) => kind === 'same').length;
        expect(same).toBe(longest(before.split('\n'), after.split('\n')));
      }),
    );
  });
  it('shows each line that differs, and says where others are left out', () => {
    const before = Array.from({ length: 30 }, (_, n) => `line ${n}`);
    const after = before.with(15, 'changed');
    const shown = withoutSame(lineDiff(before.join('\n'), after.join('\n')), 2);
    expect(shown.map((line) => line && `${line.kind} ${line.text}`)).toEqual([
      ...[undefined, 'same line 13', 'same line 14', 'gone line 15', 'new changed', 'same line 16', 'same line 17'],
      undefined,
    ]);
    expect(withoutSame(lineDiff('a', 'a'))).toEqual([undefined]);
  });
  it('of texts that are too long to compare is all that differs between their ends', () => {
    const [before, after] = ['x', 'y'].map((letter) => Array.from({ length: 2_100 }, (_, n) => `${letter}${n}`));
    const lines = lineDiff(['same', ...(before ?? [])].join('\n'), ['same', ...(after ?? [])].join('\n'));
    expect([lines[0]?.kind, lines.length]).toEqual(['same', 4_201]);
  });
});
