import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences } from './difference.ts';

const hash = (text: string): string => `hash of ${text.length}`;

/** A value with one place set, as a reader of JSON pointers would set it. */
function set(root: unknown, pointer: string, value: unknown): unknown {
  if (pointer === '') return value;
  const names = pointer.slice(1).split('/');
  const last = (names.pop() ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
  let holder = root as Record<string, unknown>;
  for (const name of names)
    holder = holder[name.replaceAll('~1', '/').replaceAll('~0', '~')] as Record<string, unknown>;
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return root;
}

describe('the difference of two drafts', () => {
  it('makes the one of the other, whatever they hold', () => {
    const name = fc.constantFrom('a', 'a/b', '~', '~1', '', '0');
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 3 }, tie('leaf'), fc.dictionary(name, tie('tree'), { noNullPrototype: true })),
      leaf: fc.constantFrom(null, true, 1, 2, 'x', ''),
    }));
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        let made = structuredClone(before);
        for (const change of differences(before, after, hash)) made = set(made, change.path, change.after);
        expect(made).toEqual(after);
      }),
    );
  });
  it('names entries of lists by their place, and what only one side has as a whole', () => {
    expect(differences({ a: [1, 2], b: { c: 1 } }, { a: [1, 3, 4] }, hash)).toEqual([
      { path: '/a/1', before: 2, after: 3 },
      { path: '/a/2', after: 4 },
      { path: '/b', before: { c: 1 } },
    ]);
  });
  it('shows long texts by their hashes, inside of what is new too', () => {
    const long = 'x'.repeat(201);
    expect(differences({ a: long }, { a: `${long}y`, b: [long] }, hash)).toEqual([
      { path: '/a', before: 'hash of 201', after: 'hash of 202' },
      { path: '/b', after: ['hash of 201'] },
    ]);
  });
});
