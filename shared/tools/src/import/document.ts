export type Node = Readonly<Record<string, unknown>>;
export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** An own member, and never what a prototype has. */
export const memberOf = (node: unknown, name: string): unknown =>
  isNode(node) && Object.hasOwn(node, name) ? node[name] : undefined;

/** What has no place in a descriptor. `place` is a path in the OpenAPI document. */
export class Untranslatable extends Error {
  readonly place: string;
  constructor(place: string, why: string) {
    super(why);
    this.place = place;
  }
}

/** An OpenAPI document. `is30` where its schemas are of OpenAPI 3.0, which are not those of JSON Schema. */
export type OpenApi = Readonly<{ root: Node; is30: boolean }>;

const dialects = ['https://json-schema.org/draft/2020-12/schema', 'https://spec.openapis.org/oas/3.1/dialect/base'];
export const isKnownDialect = (uri: unknown): boolean =>
  uri === undefined || dialects.some((each) => each === textOf(uri)?.replace(/#$/, ''));

/** Throws Untranslatable for another version. */
export function openApiOf(value: unknown): OpenApi {
  if (!isNode(value)) throw new Untranslatable('', 'must be an OpenAPI document');
  const [, minor] = /^3\.([01])\.\d{1,3}$/.exec(textOf(value.openapi) ?? '') ?? [];
  if (minor === undefined) throw new Untranslatable('openapi', 'must be a version 3.0 or 3.1 of OpenAPI');
  if (!isKnownDialect(value.jsonSchemaDialect))
    throw new Untranslatable('jsonSchemaDialect', 'must be that of OpenAPI 3.1 or of JSON Schema 2020-12');
  return { root: value, is30: minor === '0' };
}

const unescaped = (segment: string): string => segment.replaceAll('~1', '/').replaceAll('~0', '~');

/** What a reference within the document leads to (RFC 6901). Throws Untranslatable. */
export function resolve({ root }: OpenApi, reference: unknown, place: string): Readonly<{ node: Node; place: string }> {
  const at = `${place}.$ref`;
  if (typeof reference !== 'string') throw new Untranslatable(at, 'must be a text');
  if (!reference.startsWith('#/'))
    throw new Untranslatable(at, `leads to ${shown(reference)}: only references within the file are followed`);
  let segments: string[];
  try {
    segments = reference.slice(2).split('/').map(decodeURIComponent).map(unescaped);
  } catch {
    throw new Untranslatable(at, 'must be a JSON pointer');
  }
  const node = segments.reduce<unknown>(
    (found, name) => (Array.isArray(found) ? found[Number(name)] : memberOf(found, name)),
    root,
  );
  if (!isNode(node)) throw new Untranslatable(at, `leads to nothing: ${shown(reference)}`);
  return { node, place: segments.join('.') };
}

const shownChars = 120;
export const shown = (text: string): string => JSON.stringify(text.slice(0, shownChars));

const hopsMax = 8;

/** A node, or what its reference leads to. */
export function followed(document: OpenApi, value: unknown, place: string): Readonly<{ node: Node; place: string }> {
  if (!isNode(value)) throw new Untranslatable(place, 'must be an object');
  let found = { node: value, place };
  for (let hop = 0; found.node.$ref !== undefined; hop += 1) {
    if (hop === hopsMax) throw new Untranslatable(place, 'must lead somewhere after 8 references');
    found = resolve(document, found.node.$ref, found.place);
  }
  return found;
}
