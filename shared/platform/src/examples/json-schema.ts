import { z } from 'zod';

type Part = { readonly [name: string]: unknown };
const own = /^#\/\$defs\/(.+)$/;

/**
 * A schema as JSON Schema (draft 2020-12) that stands anywhere in another document: it refers to nothing outside itself
 * and holds no `$defs`, whose references would lead to the root of that document. A value of any JSON is `{}`.
 */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _dialect, $defs = {}, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return written(rest, $defs as Part) as object;
}

/** A part with its definitions written out. One that holds itself is that of any JSON: nothing else is recursive. */
function written(part: unknown, definitions: Part): unknown {
  if (Array.isArray(part)) return part.map((each) => written(each, definitions));
  if (typeof part !== 'object' || part === null) return part;
  const { $ref, ...beside } = part as Part;
  const name = typeof $ref === 'string' ? own.exec($ref)?.[1] : undefined;
  if (name === undefined)
    return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, written(each, definitions)]));
  const definition = isRecursive(name, definitions) ? {} : written(definitions[name], definitions);
  return { ...(definition as object), ...(written(beside, definitions) as object) };
}

const isRecursive = (name: string, definitions: Part): boolean =>
  JSON.stringify(definitions[name]).includes(`"#/$defs/${name}"`);
