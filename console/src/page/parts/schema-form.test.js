import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argumentsOf, fieldsOf, typedFor } from './schema-form.js';

const name = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('__proto__', 'constructor', 'a.b', '<b>'));
const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
const different = fc.uniqueArray(scalar, { minLength: 1, maxLength: 6 });

/** A schema of one argument, with a value that it takes. @type {fc.Arbitrary<{schema: object, value: unknown}>} */
const argument = fc.oneof(
  fc.record({ schema: fc.constant({ type: 'string' }), value: fc.string({ minLength: 1 }) }),
  fc.record({ schema: fc.constant({ type: 'number' }), value: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
  fc.record({ schema: fc.constant({ type: 'integer' }), value: fc.maxSafeInteger() }),
  fc.record({ schema: fc.constant({ type: 'boolean' }), value: fc.boolean() }),
  fc.record({ schema: fc.constant({ type: 'array' }), value: fc.array(fc.jsonValue()) }),
  fc.record({ schema: fc.constant({ anyOf: [{ type: 'string' }, { type: 'null' }] }), value: fc.string() }),
  different.map((choices) => ({ schema: { enum: choices }, value: choices.at(-1) })),
);
const wanted = fc.uniqueArray(fc.record({ name, argument, isNeeded: fc.boolean(), isGiven: fc.boolean() }), {
  selector: (each) => each.name,
  minLength: 1,
  maxLength: 8,
});
const asJson = (/** @type {unknown} */ value) => JSON.parse(JSON.stringify(value));

describe('a form made of a schema', () => {
  it('sends the arguments that somebody typed into it, with their types, and no others', () => {
    fc.assert(
      fc.property(wanted, (all) => {
        const schema = {
          type: 'object',
          properties: Object.fromEntries(all.map((each) => [each.name, each.argument.schema])),
          required: all.filter(({ isNeeded, isGiven }) => isNeeded && isGiven).map((each) => each.name),
        };
        const fields = fieldsOf(schema) ?? [];
        expect(fields.map((field) => field.name).sort()).toEqual(all.map((each) => each.name).sort());
        const typed = (/** @type {string} */ of) => {
          const [field, one] = [fields.find((each) => each.name === of), all.find((each) => each.name === of)];
          return field && one?.isGiven ? (typedFor(field, one.argument.value) ?? 'nothing types this') : '';
        };
        const given = all.filter(({ isGiven }) => isGiven).map((each) => [each.name, each.argument.value]);
        const { args, wrong } = argumentsOf(fields, typed);
        expect([asJson(args), wrong]).toEqual([asJson(Object.fromEntries(given)), []]);
      }),
    );
  });
  it('is there for each schema that plain fields can fill, and for no other, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ type: fc.constant('object'), properties: fc.jsonValue() })),
        (schema) => {
          const fields = fieldsOf(schema);
          if (fields === undefined) return;
          for (const field of fields)
            expect(Object.hasOwn(/** @type {any} */ (schema).properties, field.name)).toBe(true);
          expect(argumentsOf(fields, () => '').wrong).toEqual([]);
        },
      ),
    );
    for (const schema of [
      { type: 'object' },
      { type: 'object', properties: { a: {} }, oneOf: [] },
      { $ref: '#/$defs/a' },
      { type: 'object', properties: {}, required: ['a'] },
      true,
    ])
      expect(fieldsOf(schema), JSON.stringify(schema)).toBeUndefined();
    expect(fieldsOf({ type: 'object', properties: {}, additionalProperties: false })).toEqual([]);
  });
  it('names what is no number and no JSON, and takes no number that would be sent as another one', () => {
    const fields =
      fieldsOf({ properties: { n: { type: 'number' }, w: { type: 'integer' }, j: { type: 'array' } } }) ?? [];
    const wrong = (/** @type {Record<string, string>} */ typed) => argumentsOf(fields, (of) => typed[of] ?? '').wrong;
    for (const n of ['1,5', '0x10', 'Infinity', '1e999', ' ', '--1'])
      expect(wrong({ n }), n).toEqual([{ name: 'n', why: 'number' }]);
    for (const w of ['1.5', '9007199254740993']) expect(wrong({ w }), w).toEqual([{ name: 'w', why: 'number' }]);
    expect(wrong({ j: '[1,' })).toEqual([{ name: 'j', why: 'json' }]);
  });
  it('begins with what the schema offers, where somebody could type it, and tells an empty text from none', () => {
    const fields = fieldsOf({
      properties: {
        place: { type: 'string', default: 'Paris', description: 'Where.' },
        count: { type: 'integer', examples: [3] },
        odd: { type: 'boolean', default: 'yes' },
        note: { type: 'string' },
      },
      required: ['note'],
    });
    expect(fields?.map(({ initial, about }) => [initial, about])).toEqual([
      ...[
        ['Paris', 'Where.'],
        ['3', ''],
        ['', ''],
        ['', ''],
      ],
    ]);
    expect(argumentsOf(fields ?? [], () => '').args).toEqual({ note: '' });
  });
});
