import { describe, expect, it } from 'vitest';
import { findOrder } from '../tools.fixture.ts';
import { argumentChecker } from './check-arguments.ts';

const check = argumentChecker();
const tool = (over: object) => findOrder({ parameters: { type: 'object', ...over } });
const tooLarge = { kind: 'refused', code: 'INVALID_PARAMETERS', reason: 'too-large', field: 'args' };
const unfit = { kind: 'refused', code: 'INVALID_PARAMETERS', reason: 'schema' };
const long = `${'a'.repeat(60_000)}!`;
/** Each refers twice to the next: 2^40 schemas are met by any value. */
const doubled = Object.fromEntries(
  Array.from({ length: 40 }, (_, n) => [`n${n}`, { allOf: Array(2).fill({ $ref: `#/$defs/n${n + 1}` }) }]),
);

// Each of these would keep the process for hours, so a check that did not bound them could not end.
describe('the check of arguments', () => {
  it.each(['^(a+)+$', '^(aa?)+$', '^(a*){20}$', `^${'a?'.repeat(60)}${'a'.repeat(60)}$`, '^(\\w+\\s?)*$'])(
    'ends where a text is made for the pattern %s, of a value or of a name',
    (pattern) => {
      const text = long.slice(-2_000);
      expect(check(tool({ properties: { n: { type: 'string', pattern } } }), { n: text })).toMatchObject(unfit);
      const named = tool({ patternProperties: { [pattern]: {} }, additionalProperties: false });
      expect(check(named, { [text]: 1 })).toMatchObject(unfit);
    },
  );
  it.each(['^[^@]+@[^@]+\\.[^@]+$', '^a*a*a*$', '(.{1,40}){1,20}$', '((a{0,9}){0,9}){0,9}$'])(
    'ends where the longest text meets the pattern %s',
    (pattern) => {
      const refused = check(tool({ properties: { n: { pattern } } }), { n: long });
      expect([tooLarge, { ...unfit, field: 'args.n' }]).toContainEqual(refused);
    },
  );
  it.each<[string, object]>([
    ['without end', { $ref: '#/$defs/own', $defs: { own: { $ref: '#/$defs/own' } } }],
    ['without end, twice', { properties: { n: { anyOf: [{ $ref: '#' }, { $ref: '#/properties/n' }] } } }],
    ['again and again', { $ref: '#/$defs/n0', $defs: { ...doubled, n40: {} } }],
    [
      'under a word of their own',
      { $ref: '#/x/n0', x: JSON.parse(JSON.stringify({ ...doubled, n40: {} }).replaceAll('$defs', 'x')) },
    ],
    ['dynamically', { $dynamicRef: '#a', $dynamicAnchor: 'a' }],
  ])('ends where schemas refer to one another %s', (_how, over) => {
    expect(check(tool(over), { n: {} })).toEqual(tooLarge);
  });
  it('ends where a pattern that is refused is reached by a reference to a word of its own', () => {
    expect(check(tool({ properties: { n: { $ref: '#/x' } }, x: { pattern: '(?=a)b' } }), { n: 'a' })).toEqual({
      ...{ kind: 'refused', code: 'TOOL_REFUSED', reason: 'schema' },
    });
  });
  it('compares the items of a list by their values, and not each with each', () => {
    const unique = tool({ properties: { n: { uniqueItems: true }, m: { uniqueItems: false } } });
    expect(
      check(unique, {
        n: [
          { a: 1, b: [2] },
          { b: [2], a: 1 },
        ],
      }),
    ).toEqual({ ...unfit, field: 'args.n' });
    expect(check(unique, { n: [1, '1', true, [1], { a: 1 }, { a: '1' }, null], m: [1, 1] })).toBeUndefined();
    const many = Array.from({ length: 2_000 }, (_, n) => ({ n }));
    expect(check(unique, { n: many })).toBeUndefined();
  });
  it('takes no more values than 4,096, 32 deep, in 64 KiB', () => {
    const any = tool({});
    expect(check(any, { n: Array(4_000).fill(1) })).toBeUndefined();
    expect(check(any, { n: Array(4_100).fill(1) })).toEqual(tooLarge);
    expect(check(any, { n: JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) })).toEqual(tooLarge);
    expect(check(any, { n: JSON.parse(`${'['.repeat(30)}${']'.repeat(30)}`) })).toBeUndefined();
  });
  it('leaves data of a schema as they are', () => {
    const listed = tool({
      properties: { n: { enum: [{ properties: { a: 1 } }], default: {} }, m: { const: { a: {} } } },
    });
    expect(check(listed, { n: { properties: { a: 1 } }, m: { a: {} } })).toBeUndefined();
    expect(check(listed, { n: { properties: { a: 2 } } })).toEqual({ ...unfit, field: 'args.n' });
  });
});
