import fc from 'fast-check';
import type { Schema } from './document.ts';

/** Values that mean something on the target, own and foreign, by field name: ids, keys, tokens. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

/** Values that break parsers and stores. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, '', ' ', 'null', '0', -1, 0.5, 1e308, 2 ** 53, true, [], {}, [[[]]]],
    ...[
      '\u0000',
      'a\u0000b',
      '\ud800',
      '\u202e',
      'é'.repeat(300),
      'x'.repeat(5_000),
      '../../etc/passwd',
      '%00',
      '%2e%2e',
    ],
    ...['<script>alert(1)</script>', "' OR '1'='1", '{{7*7}}', '$where', 'a.b', '*', '>', 'vox.ask.auth.*', '\r\nx: y'],
    // biome-ignore lint/suspicious/noThenProperty: what a hostile client sends
    ...[{ $gt: '' }, { $ne: null }, { toString: 'x' }, { then: 'x' }, { length: -1 }],
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

/** Requests that are wrong in everything fail at the first check. Mostly right ones reach the checks behind it. */
export const mostly = <T>(right: readonly T[], wrong: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...right) }, wrong);

/** Values of a schema. Where the document says little, any value is used. */
export function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  const either = schema.anyOf ?? schema.oneOf;
  if (either !== undefined) return fc.oneof(...either.map(valuesOf));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const { minimum = -(2 ** 31), maximum = 2 ** 31, minLength = 0, maxLength = 200 } = schema;
  switch (schema.type) {
    case 'object':
      return objectsOf(schema);
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}), { maxLength: Math.min(schema.maxItems ?? 5, 5) });
    case 'integer':
      return fc.maxSafeInteger().map((value) => Math.min(Math.max(value, minimum), maximum));
    case 'number':
      return fc.double({ min: minimum, max: maximum, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'string':
      if (schema.format === 'uuid') return fc.uuid();
      if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern));
      return fc.string({ minLength, maxLength: Math.min(maxLength, 500) });
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

export function objectsOf(
  { properties = {}, required = [] }: Schema,
  known: Known = {},
): fc.Arbitrary<Record<string, unknown>> {
  const field = ([name, schema]: readonly [string, Schema]) => {
    const right = known[name];
    const any = valuesOf(schema);
    return [name, right === undefined ? any : mostly(right, any)] as const;
  };
  return fc.record(Object.fromEntries(Object.entries(properties).map(field)), { requiredKeys: [...required] });
}
