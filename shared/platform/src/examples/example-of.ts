import type { z } from 'zod';
import { byName, texts } from './known-values.ts';

type Schema = z.ZodType;
/** What the kinds of schemas say of themselves (zod.dev/packages/core, `_zod.def`). */
type Def = Readonly<{
  type: string;
  shape: Record<string, Schema>;
  innerType: Schema;
  element: Schema;
  keyType: Schema;
  valueType: Schema;
  options: readonly Schema[];
  items: readonly Schema[];
  entries: Record<string, unknown>;
  values: readonly unknown[];
  getter: () => Schema;
  in: Schema;
}>;

/** Deeper than any schema of ours that does not hold itself. */
const deepest = 12;

const takes = (schema: Schema, value: unknown): boolean => schema.safeParse(value).success;
const firstOf = (schema: Schema, values: readonly unknown[]): unknown => values.find((each) => takes(schema, each));

/**
 * A value that a schema takes, the same each time, with every optional field that may stand beside the others. Where
 * the schema is an object with rules of its own that an example of each field breaks, fields that may be left out are.
 * `undefined` where none is known. `name` is the field whose value it is.
 */
export function exampleOf(schema: Schema, name = '', depth = 0): unknown {
  const known = Object.hasOwn(byName, name) ? byName[name] : undefined;
  if (known !== undefined && takes(schema, known)) return known;
  const def = schema._zod.def as unknown as Def;
  const inside = (of: Schema, as = name): unknown => exampleOf(of, as, depth + 1);
  switch (def.type) {
    case 'string':
      return firstOf(schema, texts);
    case 'number':
      return firstOf(schema, numbersFor(schema));
    case 'boolean':
      return true;
    case 'literal':
      return def.values[0];
    case 'enum':
      return Object.values(def.entries)[0];
    case 'optional':
    case 'nullable':
      return depth > deepest ? emptyOf(def) : (inside(def.innerType) ?? emptyOf(def));
    case 'default':
    case 'prefault':
      return schema.parse(undefined);
    case 'lazy':
      return depth > deepest ? null : inside(def.getter());
    case 'pipe':
      return inside(def.in);
    case 'readonly':
    case 'catch':
      return inside(def.innerType);
    case 'union':
      return def.options.map((each) => inside(each)).find((each) => takes(schema, each));
    case 'array':
      return listOf(schema, inside(def.element));
    case 'tuple':
      return def.items.map((each) => inside(each));
    case 'record':
      return recordOf(schema, def, inside);
    case 'object':
      return objectOf(schema, def, inside);
    default:
      return 'example';
  }
}

const emptyOf = ({ type }: Def): null | undefined => (type === 'nullable' ? null : undefined);

function numbersFor(schema: Schema): number[] {
  const { minimum = 0, maximum = 0 } = schema._zod.bag as { minimum?: number; maximum?: number };
  return [60, 1, 0, minimum, maximum, 0.5].filter(Number.isFinite);
}

/** As few elements as the schema takes, and one if it takes one. */
const listOf = (schema: Schema, element: unknown): unknown =>
  [1, 0, 2, 3]
    .map((count) => Array(element === undefined ? 0 : count).fill(element))
    .find((each) => takes(schema, each));

type Inside = (schema: Schema, name?: string) => unknown;

function recordOf(schema: Schema, { keyType, valueType }: Def, inside: Inside): unknown {
  const key = keyType._zod.def as unknown as Def;
  const keys = key.type === 'enum' ? Object.values(key.entries) : [inside(keyType)];
  return firstOf(schema, [Object.fromEntries(keys.map((each) => [each, inside(valueType)])), {}]);
}

function objectOf(schema: Schema, { shape }: Def, inside: Inside): unknown {
  const fields = Object.entries(shape).flatMap(([name, field]) => {
    const value = inside(field, name);
    return value === undefined ? [] : [{ name, value, optional: field.isOptional() }];
  });
  const made = (kept: typeof fields): object => Object.fromEntries(kept.map(({ name, value }) => [name, value]));
  const optional = fields.filter((each) => each.optional);
  const withOne = optional.map((one) => made(fields.filter((each) => !each.optional || each === one)));
  const withoutOne = optional.map((one) => made(fields.filter((each) => each !== one)));
  const needed = made(fields.filter((each) => !each.optional));
  return firstOf(schema, [made(fields), ...withoutOne, needed, ...withOne]) ?? made(fields);
}
