import fc, { type Arbitrary } from 'fast-check';
import { z } from 'zod';

type Schema = Readonly<{
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: unknown;
  items?: Schema;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
}>;

/** Of one month: a question may allow no longer span. */
const day = fc.date({ min: new Date('2026-05-01'), max: new Date('2026-05-28'), noInvalidDate: true });
const formats: Readonly<Record<string, Arbitrary<unknown>>> = {
  uuid: fc.uuid({ version: 4 }),
  'date-time': day.map((date) => date.toISOString()),
  date: day.map((date) => date.toISOString().slice(0, 10)),
  email: fc.constantFrom('ann@example.com', "o'hara+x@example.com"),
  ipv4: fc.constantFrom('192.0.2.7', '198.51.100.9'),
  ipv6: fc.constantFrom('2001:db8::1'),
  cidrv4: fc.constantFrom('192.0.2.0/24'),
  cidrv6: fc.constantFrom('2001:db8::/32'),
};
/** What means something in an address, and what anybody may write. */
const text = fc.oneof(
  // An origin, where nothing else will do.
  fc.constant('https://shop.example'),
  fc.constantFrom('a=b&c', '?', '#', 'x/y', '..', '+ %2F', '1', 'true', 'ann@example.com', '+34600111222', 'é,ß'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
);

const stringOf = ({ format = '', pattern, allOf = [] }: Schema): Arbitrary<unknown> => {
  const form = pattern ?? allOf.find((each) => each.pattern !== undefined)?.pattern;
  if (form === undefined) return formats[format] ?? text;
  // Letters of every script are more than the generator of strings knows.
  const letters = form.replaceAll('\\p{L}\\p{N}', 'A-Za-z0-9');
  return formats[format] ?? fc.stringMatching(new RegExp(letters));
};

function objectOf({ properties = {}, required = [], additionalProperties }: Schema): Arbitrary<unknown> {
  if (additionalProperties === undefined && Object.keys(properties).length === 0) return fc.record({ name: text });
  const fields = Object.entries(properties).map(([name, schema]) => [name, anyOf(schema)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required] });
}

function anyOf(schema: Schema): Arbitrary<unknown> {
  const options = schema.anyOf ?? schema.oneOf;
  if (options !== undefined) return fc.oneof(...options.map(anyOf));
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  const { minimum = 0, maximum = 1_000 } = schema;
  switch (schema.type) {
    case 'string':
      return stringOf(schema);
    case 'number':
    case 'integer':
      return fc.integer({ min: minimum, max: Math.max(minimum, Math.min(maximum, minimum + 100_000)) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(anyOf(schema.items ?? {}), { minLength: 1, maxLength: 2 });
    default:
      return objectOf(schema);
  }
}

/** Requests of a question, most of which its schema takes. */
export const requestsOf = (schema: z.ZodObject): Arbitrary<Record<string, unknown>> =>
  anyOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema) as Arbitrary<
    Record<string, unknown>
  >;
