import type { ListStyle } from '../template/parse.ts';
import type { Wanted } from './arguments.ts';
import { isNode } from './document.ts';
import { isScalar, type Schema } from './json-schema.ts';

/** A parameter of the query as its document describes it. */
type Described = Readonly<{ name: string; required: boolean; schema: Schema; style: string; explode: boolean }>;
export type QueryValues =
  | Readonly<{ kind: 'sent'; wanted: readonly Wanted[] }>
  | Readonly<{ kind: 'unsendable'; why: string }>;

const unsendable = (why: string): QueryValues => ({ kind: 'unsendable', why });
/** By style and explode (OpenAPI 3.1.1, “Style Examples”). What is not here has no meaning there. */
const listStyleOf: Readonly<Record<string, ListStyle>> = {
  ...{ 'form true': 'repeat', 'form false': 'comma' },
  ...{ 'spaceDelimited false': 'space', 'pipeDelimited false': 'pipe' },
};
/** What says of an object which members it has, and nothing that makes one member hang on another. */
const plainWords = new Set([
  ...['type', 'properties', 'required', 'additionalProperties', 'title', 'description', 'default'],
  ...['example', 'examples', 'deprecated', '$comment'],
]);

/** What a parameter of the query is sent as: a value, a list, or a value for each member of an object. */
export function queryValues(described: Described): QueryValues {
  const { name, required, schema, style, explode } = described;
  const how = `${style}${explode ? '' : ', explode: false'}`;
  if (isScalar(schema))
    return style === 'form'
      ? { kind: 'sent', wanted: [{ in: 'query', name, required, schema }] }
      : unsendable(`is one value of the style ${how}, which has no meaning`);
  if (isListOfScalars(schema)) {
    const list = listStyleOf[`${style} ${explode}`];
    if (list === undefined) return unsendable(`is a list of the style ${how}, which has no meaning`);
    return { kind: 'sent', wanted: [{ in: 'query', name, required, schema, list }] };
  }
  if (!isObject(schema)) return unsendable('may be something else than values, lists of values or an object of values');
  if (style === 'deepObject') return membersOf(described, (member) => `${name}[${member}]`);
  if (style === 'form' && explode) return membersOf(described, (member) => member);
  return unsendable(`is an object of the style ${how}, which no template writes`);
}

/** Each member is an argument of its own: so the model learns which there are. */
function membersOf({ required, schema }: Described, nameOf: (member: string) => string): QueryValues {
  if (typeof schema === 'boolean') return unsendable('may be anything');
  const strange = Object.keys(schema).find((word) => !plainWords.has(word));
  if (strange !== undefined) return unsendable(`is an object whose members hang together by ${strange}`);
  const members = isNode(schema.properties) ? Object.entries(schema.properties as Record<string, Schema>) : [];
  if (members.length === 0) return unsendable('is an object that names no members');
  const nested = members.find(([, each]) => !isScalar(each));
  if (nested !== undefined) return unsendable(`is an object whose member ${nested[0]} may be a list or an object`);
  const needed = new Set(Array.isArray(schema.required) ? schema.required : []);
  const wanted = members.map(([member, each]) => ({
    ...{ in: 'query' as const, name: nameOf(member), schema: each, required: required && needed.has(member) },
  }));
  return { kind: 'sent', wanted };
}

const typesOf = (schema: Schema): readonly unknown[] => (typeof schema === 'boolean' ? [] : [schema.type].flat());
const isOnly = (schema: Schema, type: string): boolean =>
  typesOf(schema).includes(type) && typesOf(schema).every((each) => each === type || each === 'null');
const isObject = (schema: Schema): boolean => isOnly(schema, 'object');

function isListOfScalars(schema: Schema): boolean {
  if (typeof schema === 'boolean' || !isOnly(schema, 'array') || 'prefixItems' in schema) return false;
  const { items } = schema;
  return isNode(items) && isScalar(items as Schema) && !typesOf(items as Schema).includes('null');
}
