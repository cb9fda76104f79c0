/** A JSON Schema, or a part of one. */
export type Schema = { readonly [keyword: string]: unknown };
type Definitions = Readonly<Record<string, Schema>>;
type Kind = Readonly<{ group: string; version: string; kind: string }>;

/** By the name of a file. */
export type Schemas = ReadonlyMap<string, Schema>;

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

/**
 * Where kubeconform looks for the schema of a kind, with the location
 * `{{.Group}}_{{.ResourceAPIVersion}}_{{.ResourceKind}}.json`. The core group has no name, and kubeconform takes its
 * version for one.
 */
const fileOf = ({ group, version, kind }: Kind): string => `${group || version}_${version}_${kind.toLowerCase()}.json`;

/** Types of Kubernetes that JSON Schema writes otherwise. Takes what stands there and adds what it means. */
function translated(schema: Schema): Schema {
  const { format, nullable, type, ...rest } = schema;
  if (format === 'int-or-string' || schema['x-kubernetes-int-or-string'] === true)
    return { ...rest, type: ['integer', 'string'] };
  return { ...rest, ...(type !== undefined && { type: nullable === true ? [type, 'null'] : type }) };
}

/** The same schema, in which an object has no field that is not named. */
function strict(schema: Schema): Schema {
  const read = Object.entries(translated(schema)).map(([keyword, value]) => {
    if (keyword === 'properties')
      return [
        keyword,
        Object.fromEntries(Object.entries(value as Definitions).map(([name, each]) => [name, strict(each)])),
      ];
    if (['items', 'additionalProperties', 'not'].includes(keyword) && isSchema(value)) return [keyword, strict(value)];
    return [keyword, value];
  });
  const isClosed =
    'properties' in schema && !('additionalProperties' in schema) && !schema['x-kubernetes-preserve-unknown-fields'];
  return { ...Object.fromEntries(read), ...(isClosed && { additionalProperties: false }) };
}

/** The names of the definitions that a schema refers to, those that they refer to included. */
function reached(schema: Schema, definitions: Definitions, found = new Set<string>()): Set<string> {
  for (const [, name = ''] of JSON.stringify(schema).matchAll(/"#\/definitions\/([^"]+)"/g)) {
    if (found.has(name)) continue;
    found.add(name);
    reached(definitions[name] ?? {}, definitions, found);
  }
  return found;
}

/** An object says which kind of thing it is. */
function ofKind(schema: Schema, { group, version, kind }: Kind): Schema {
  const apiVersion = group === '' ? version : `${group}/${version}`;
  const { properties, required } = schema as { properties?: Definitions; required?: readonly string[] };
  return {
    ...schema,
    properties: { ...properties, apiVersion: { const: apiVersion }, kind: { const: kind } },
    required: [...new Set(['apiVersion', 'kind', ...(required ?? [])])],
  };
}

const quantity = 'io.k8s.apimachinery.pkg.api.resource.Quantity';

/** The schemas of all kinds that a server of Kubernetes knows, made from its OpenAPI document (swagger.json). */
export function schemasOfSwagger(swagger: Readonly<{ definitions: Definitions }>): Schemas {
  const definitions: Definitions = {
    ...Object.fromEntries(Object.entries(swagger.definitions).map(([name, each]) => [name, strict(each)])),
    [quantity]: { type: ['string', 'number'] },
  };
  const schemas = new Map<string, Schema>();
  for (const schema of Object.values(definitions)) {
    const kinds = (schema['x-kubernetes-group-version-kind'] ?? []) as readonly Kind[];
    // Those of many kinds are options of a request.
    if (kinds.length !== 1 || kinds[0] === undefined) continue;
    const needed = Object.fromEntries([...reached(schema, definitions)].map((name) => [name, definitions[name]]));
    schemas.set(fileOf(kinds[0]), { ...ofKind(schema, kinds[0]), definitions: needed });
  }
  return schemas;
}

type Crd = Readonly<{
  spec: Readonly<{
    group: string;
    names: Readonly<{ kind: string }>;
    versions: readonly Readonly<{ name: string; schema: Readonly<{ openAPIV3Schema: Schema }> }>[];
  }>;
}>;

/** The schemas of each version of a kind that was added by a CustomResourceDefinition. */
export function schemasOfCrd({ spec: { group, names, versions } }: Crd): Schemas {
  return new Map(
    versions.map(({ name, schema: { openAPIV3Schema } }) => {
      const kind = { group, version: name, kind: names.kind };
      return [fileOf(kind), ofKind(strict(openAPIV3Schema), kind)];
    }),
  );
}
