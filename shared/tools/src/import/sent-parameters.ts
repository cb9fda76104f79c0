import type { Wanted } from './arguments.ts';
import { followed, isNode, type OpenApi, textOf, Untranslatable } from './document.ts';
import { isScalar, type Schema, type SchemaReader } from './json-schema.ts';
import type { Parameter } from './operations.ts';

/** What of an operation becomes a descriptor, and sentences on what does not. */
export type Found<T> = Readonly<{ found: T; notes: readonly string[] }>;

/** OpenAPI says these by other means, and ignores parameters of such names (3.1.1, “Parameter Object”). */
const saidElsewhere = new Set(['accept', 'content-type', 'authorization']);
const styles: Readonly<Record<string, string>> = { path: 'simple', query: 'form', header: 'simple' };

/**
 * The parameters that can be sent: one value each, which stands as it is. What cannot be sent is left out where the
 * operation can do without. Throws Untranslatable where it cannot.
 */
export function sentParameters(
  document: OpenApi,
  parameters: readonly Parameter[],
  reader: SchemaReader,
): Found<readonly Wanted[]> {
  const [found, notes]: [Wanted[], string[]] = [[], []];
  for (const parameter of parameters) {
    const { node, place, name, where } = parameter;
    if (where === 'header' && saidElsewhere.has(name.toLowerCase())) continue;
    const required = where === 'path' || node.required === true;
    const read = schemaOf(document, parameter, reader);
    if (read.kind === 'schema' && isPlace(where)) {
      found.push({ in: where, name, required, schema: described(read.schema, textOf(node.description)) });
      continue;
    }
    const why = read.kind === 'schema' ? 'stands in a place that no tool writes' : read.why;
    if (required) throw new Untranslatable(`${place} (${where} ${name})`, why);
    notes.push(`The optional parameter ${name} (${where}) is left out: it ${why}.`);
  }
  return { found, notes };
}

const isPlace = (where: string): where is 'path' | 'query' | 'header' => Object.hasOwn(styles, where);

export const described = (schema: Schema, description: string | undefined): Schema =>
  description === undefined || typeof schema === 'boolean' || 'description' in schema
    ? schema
    : { ...schema, description };

type Read = Readonly<{ kind: 'schema'; schema: Schema }> | Readonly<{ kind: 'unsendable'; why: string }>;
const unsendable = (why: string): Read => ({ kind: 'unsendable', why });
/** Values that read the same as JSON and in a template. A text has quotes in JSON alone. */
const sameAsJson = new Set<unknown>(['object', 'array', 'number', 'integer', 'boolean']);

function schemaOf(document: OpenApi, { node, place, where }: Parameter, reader: SchemaReader): Read {
  if (where === 'cookie') return unsendable('stands in a cookie, which no tool sends');
  if (isNode(node.content)) {
    const [[type, media] = [], another] = Object.entries(node.content);
    if (type !== 'application/json' || another !== undefined) return unsendable('is neither text nor JSON');
    const at = `${place}.content.${type}`;
    const schema = reader.read(followed(document, media, at).node.schema ?? {}, `${at}.schema`);
    const types = typeof schema === 'object' ? [schema.type].flat() : [];
    return types.length > 0 && types.every((each) => sameAsJson.has(each))
      ? { kind: 'schema', schema }
      : unsendable('is JSON that may be a text, whose quotes no template writes');
  }
  const { style = styles[where] } = node;
  if (style !== styles[where]) return unsendable(`has the style ${String(style)}, which no template writes`);
  const schema = reader.read(node.schema ?? {}, `${place}.schema`);
  return isScalar(schema) ? { kind: 'schema', schema } : unsendable('may be a list or an object');
}
