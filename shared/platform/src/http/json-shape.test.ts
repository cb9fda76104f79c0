import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { misshapen } from './json-shape.ts';

const wide = { maxDepth: 1_000, maxItems: 1_000, maxNodes: 10_000 };

/** The same, counted on what was parsed. */
function counted(value: unknown): { depth: number; items: number; nodes: number } {
  if (typeof value !== 'object' || value === null) return { depth: 0, items: 0, nodes: 0 };
  const inner = Object.values(value).map(counted);
  return {
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    items: Math.max(inner.length, ...inner.map(({ items }) => items)),
    nodes: inner.reduce((sum, { nodes }) => sum + nodes, 1 + Math.max(0, inner.length - 1)),
  };
}

describe('the shape of a JSON text', () => {
  it('is judged on bytes as on values, whatever its strings hold', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('"', '\\', '\\"', '[[[', '{,', '\\\\', ',,,', '\u2028'));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 6 }, text, fc.integer(), fc.constant(null), tie('list'), tie('object')),
      list: fc.array(tie('tree'), { maxLength: 6 }),
      object: fc.dictionary(text, tie('tree'), { maxKeys: 6 }),
    }));
    fc.assert(
      fc.property(tree, fc.constantFrom(0, 2), (value, indent) => {
        const bytes = Buffer.from(JSON.stringify(value, null, indent));
        const { depth, items, nodes } = counted(value);
        const limits = { maxDepth: depth, maxItems: Math.max(1, items), maxNodes: nodes };
        expect(misshapen(bytes, limits)).toBeUndefined();
        if (depth > 0) expect(misshapen(bytes, { ...limits, maxDepth: depth - 1 })).toContain('deeper');
        if (items > 1) expect(misshapen(bytes, { ...limits, maxItems: items - 1 })).toContain('in one');
        if (nodes > 0) expect(misshapen(bytes, { ...limits, maxNodes: nodes - 1 })).toBeDefined();
      }),
    );
  });
  it('is judged in a text that never closes its containers', () => {
    for (const text of ['['.repeat(100_000), '{"a":'.repeat(50_000), `[${'1,'.repeat(100_000)}`, '[],'.repeat(50_000)])
      expect(misshapen(Buffer.from(text), wide)).toBeDefined();
    for (const text of ['"'.repeat(99_999), `"${'\\"'.repeat(50_000)}`, '\\'.repeat(100_000), ']'.repeat(100_000)])
      expect(misshapen(Buffer.from(text), wide)).toBeUndefined();
  });
});
