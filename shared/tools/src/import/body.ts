import type { Argument, Wanted } from './arguments.ts';
import { followed, isNode, type OpenApi, textOf, Untranslatable } from './document.ts';
import type { Schema, SchemaReader } from './json-schema.ts';
import type { Operation } from './operations.ts';
import { described, type Found } from './sent-parameters.ts';

/** A body: its arguments, and the type that its header names where it is not plain JSON. */
export type Body = Readonly<{ wanted: readonly Wanted[]; isWhole: boolean; contentType: string | undefined }>;

const isJson = (type: string): boolean => /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type);

/**
 * The JSON body of an operation. Where each of its members must be there, each is an argument; else the whole body is
 * one, because a template cannot leave out a member. Throws Untranslatable.
 */
export function bodyOf(document: OpenApi, operation: Operation, reader: SchemaReader): Found<Body | undefined> {
  const { node, place, method } = operation;
  if (node.requestBody === undefined) return { found: undefined, notes: [] };
  const body = followed(document, node.requestBody, `${place}.requestBody`);
  const content = isNode(body.node.content) ? body.node.content : {};
  const type = 'application/json' in content ? 'application/json' : Object.keys(content).find(isJson);
  const why = method === 'get' ? 'belongs to GET, which sends none' : `is not JSON: ${Object.keys(content).join(', ')}`;
  if (method === 'get' || type === undefined) {
    if (body.node.required === true) throw new Untranslatable(`${body.place}.content`, why);
    return { found: undefined, notes: [`The optional body is left out: it ${why}.`] };
  }
  const at = `${body.place}.content.${type}`;
  const read = reader.read(followed(document, content[type], at).node.schema ?? {}, `${at}.schema`);
  const schema = described(read, textOf(body.node.description));
  const notes = body.node.required === true ? [] : ['The body is optional for the server, and is always sent.'];
  const contentType = type === 'application/json' ? undefined : type;
  const members = membersOf(read);
  const whole: Wanted = { in: 'body', name: 'body', schema, required: true };
  return { found: { wanted: members ?? [whole], isWhole: members === undefined, contentType }, notes };
}

/** Keywords that say something of a body besides of its members, one by one. */
const ofMembers = new Set(['type', 'properties', 'required', 'additionalProperties', 'title', 'description']);
const isSilent = (keyword: string): boolean => ofMembers.has(keyword) || ['default', 'examples'].includes(keyword);

function membersOf(schema: Schema): readonly Wanted[] | undefined {
  if (typeof schema === 'boolean' || schema.type !== 'object' || !Object.keys(schema).every(isSilent)) return undefined;
  const { properties, required, additionalProperties = false } = schema;
  if (!isNode(properties) || !Array.isArray(required) || additionalProperties !== false) return undefined;
  const names = Object.keys(properties);
  const all = names.length > 0 && names.length === required.length && names.every((name) => required.includes(name));
  if (!all) return undefined;
  return names.map((name) => ({ in: 'body', name, schema: properties[name] as Schema, required: true }));
}

/** The template that writes the arguments of a body. */
export function bodyTemplate(body: Body, found: readonly Argument[]): unknown {
  const written = found
    .filter((each) => each.in === 'body')
    .map(({ name, argument }) => [name, `{{args.${argument}}}`] as const);
  return body.isWhole ? written[0]?.[1] : Object.fromEntries(written);
}
