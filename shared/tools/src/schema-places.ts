type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Words of JSON Schema 2020-12, and of older ones that a validator still reads, that hold schemas by name. */
const byName = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas', 'dependencies'];
const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const single = [
  ...['items', 'additionalProperties', 'unevaluatedProperties', 'unevaluatedItems', 'contains', 'propertyNames'],
  ...['not', 'if', 'then', 'else', 'contentSchema'],
];
/** Words whose values are data, whatever they look like. */
const data = ['enum', 'const', 'default', 'examples', 'required', 'dependentRequired', '$vocabulary'];

/** The schemas right inside of a schema, with their places in it: `properties.name`. */
export const schemasIn = (node: Node): readonly (readonly [place: string, schema: Node])[] =>
  [
    ...byName.flatMap((word) => {
      const named = node[word];
      return isNode(named) ? Object.entries(named).map(([name, each]) => [`${word}.${name}`, each] as const) : [];
    }),
    ...single.map((word) => [word, node[word]] as const),
    ...lists.flatMap((word) => {
      const listed = node[word];
      return Array.isArray(listed) ? listed.map((each, at) => [`${word}.${at}`, each] as const) : [];
    }),
  ].filter((found): found is readonly [string, Node] => isNode(found[1]));

/**
 * A copy of a schema in which each schema, also one under a word that JSON Schema does not know, has what `add` makes
 * of it. Data and names stay as they are.
 */
export function inEachSchema(schema: unknown, add: (node: Node) => Node): unknown {
  if (Array.isArray(schema)) return schema.map((each) => inEachSchema(each, add));
  if (!isNode(schema)) return schema;
  const copied = Object.entries(schema).map(([word, value]) => {
    if (data.includes(word)) return [word, value];
    if (!byName.includes(word) || !isNode(value)) return [word, inEachSchema(value, add)];
    return [word, Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inEachSchema(each, add)]))];
  });
  return { ...Object.fromEntries(copied), ...add(schema) };
}

/** Whether a JSON Pointer after # (RFC 6901 §6) leads to a schema, and not into data or to a list of schemas. */
export function leadsToSchema(reference: string): boolean {
  if (reference === '#') return true;
  if (!reference.startsWith('#/')) return /^#[A-Za-z_][A-Za-z0-9_.-]*$/.test(reference);
  const names = reference.slice(2).split('/').map(unescaped);
  let at: 'schema' | 'names' | 'list' = 'schema';
  for (const name of names) {
    if (name === undefined || (at === 'schema' && data.includes(name))) return false;
    if (at !== 'schema') at = 'schema';
    else if (byName.includes(name)) at = 'names';
    else if (lists.includes(name)) at = 'list';
  }
  return at === 'schema';
}

function unescaped(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return undefined;
  }
}
