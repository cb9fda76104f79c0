import type { Wanted } from './arguments.ts';
import { followed, isNode, type OpenApi, textOf, Untranslatable } from './document.ts';
import { isScalar, type Schema, type SchemaReader } from './json-schema.ts';
import type { Parameter } from './operations.ts';
import { type QueryValues, queryValues } from './query-values.ts';

/** What of an operation becomes a descriptor, and sentences on what does not. */
export type Found<T> = Readonly<{ found: T; notes: readonly string[] }>;

/** OpenAPI says these by other means, and ignores parameters of such names (3.1.1, “Parameter Object”). */
const saidElsewhere = new Set(['accept', 'content-type', 'authorization']);
const styles: Readonly<Record<string, string>> = { path: 'simple', query: 'form', header: 'simple' };
const queryStyles = new Set(['form', 'spaceDelimited', 'pipeDelimited', 'deepObject']);

/**
 * The parameters that can be sent: a value as it is, and in the query a list or an object of values. What cannot be
 * sent is left out where the operation can do without. Throws Untranslatable where it cannot.
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
    const read = sentAs(document, parameter, required, reader);
    if (read.kind === 'sent') {
      found.push(...read.wanted.map((each) => ({ ...each, schema: described(each.schema, textOf(node.description)) })));
      continue;
    }
    const { why } = read;
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

const unsendable = (why: string): QueryValues => ({ kind: 'unsendable', why });
/** Values that read the same as JSON and in a template. A text has quotes in JSON alone. */
const sameAsJson = new Set<unknown>(['object', 'array', 'number', 'integer', 'boolean']);

function sentAs(document: OpenApi, parameter: Parameter, required: boolean, reader: SchemaReader): QueryValues {
  const { node, place, name, where } = parameter;
  if (where === 'cookie') return unsendable('stands in a cookie, which no tool sends');
  if (!isPlace(where)) return unsendable('stands in a place that no tool writes');
  if (isNode(node.content)) return sentAsJson(document, parameter, where, required, reader);
  const style = String(node.style ?? styles[where]);
  const schema = reader.read(node.schema ?? {}, `${place}.schema`);
  if (where === 'query') {
    const explode = typeof node.explode === 'boolean' ? node.explode : style === 'form' || style === 'deepObject';
    if (!queryStyles.has(style)) return unsendable(`has the style ${style}, which no template writes`);
    return queryValues({ name, required, schema, style, explode });
  }
  if (style !== styles[where]) return unsendable(`has the style ${style}, which no template writes`);
  return isScalar(schema)
    ? { kind: 'sent', wanted: [{ in: where, name, required, schema }] }
    : unsendable('may be a list or an object');
}

function sentAsJson(
  document: OpenApi,
  { node, place, name }: Parameter,
  where: 'path' | 'query' | 'header',
  required: boolean,
  reader: SchemaReader,
): QueryValues {
  const [[type, media] = [], another] = Object.entries(isNode(node.content) ? node.content : {});
  if (type !== 'application/json' || another !== undefined) return unsendable('is neither text nor JSON');
  const at = `${place}.content.${type}`;
  const schema = reader.read(followed(document, media, at).node.schema ?? {}, `${at}.schema`);
  const types = typeof schema === 'object' ? [schema.type].flat() : [];
  return types.length > 0 && types.every((each) => sameAsJson.has(each))
    ? { kind: 'sent', wanted: [{ in: where, name, required, schema }] }
    : unsendable('is JSON that may be a text, whose quotes no template writes');
}
