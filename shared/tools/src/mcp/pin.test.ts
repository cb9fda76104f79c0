import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, pinOf } from './pin.ts';

/** The same value with the members of each object in another order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, each]) => [name, turned(each)]),
  );
}

describe('the pin of a tool', () => {
  it('is the same for every order of members, and another for every other value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (one) => {
        expect(canonical(turned(one))).toBe(canonical(one));
        // What can be read back is no other value’s.
        expect(JSON.parse(canonical(one))).toEqual(JSON.parse(JSON.stringify(one)));
      }),
    );
  });
  it('differs with each letter of the description and of the schema', () => {
    const inputSchema = { type: 'object', properties: { a: { description: 'x' } } };
    const pins = [
      pinOf({ description: 'a', inputSchema }),
      pinOf({ description: 'A', inputSchema }),
      pinOf({ description: 'a\u200b', inputSchema }),
      pinOf({ description: 'a', inputSchema: { type: 'object', properties: { a: { description: 'X' } } } }),
      pinOf({ description: 'a', inputSchema: { ...inputSchema, required: [] } }),
    ];
    expect(new Set(pins).size).toBe(pins.length);
  });
  it('is the SHA-256 of the form of RFC 8785, which others can make', () => {
    const sample = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '1': 'One',
      numbers: [333333333.3333333, 1e30, 4.5, 0.002, 1e-27],
    };
    expect(canonical(sample)).toBe(
      '{"\\r":"Carriage Return","1":"One","numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"€":"Euro Sign"}',
    );
    expect(pinOf({ inputSchema: {} })).toBe(pinOf({ description: '', inputSchema: {} }));
  });
});
