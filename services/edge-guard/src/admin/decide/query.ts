import type { placesOf } from '@vox/contracts';

type Schemas = ReturnType<typeof placesOf>['query'];
type Schema = Schemas[string];

/** What a field of a query must become before its schema reads it: everything in a query is text. */
function kindOf(schema: Schema): string {
  const { type } = schema._zod.def;
  if (type === 'optional' || type === 'default' || type === 'nullable')
    return kindOf((schema._zod.def as unknown as { innerType: Schema }).innerType);
  return type;
}

/** The schema of what a list holds, which may have a default. */
function elementOf(schema: Schema): Schema {
  const { element, innerType } = schema._zod.def as unknown as { element?: Schema; innerType?: Schema };
  return element ?? elementOf(innerType as Schema);
}

function read(schema: Schema, text: unknown): unknown {
  if (typeof text !== 'string') return text;
  switch (kindOf(schema)) {
    case 'number':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'array':
      return text.split(',').map((each) => read(elementOf(schema), each));
    default:
      return text;
  }
}

/** The values of a query as their schemas want them. What is of no schema stays, so that it is refused by its name. */
export const readQuery = (
  schemas: Readonly<Schemas>,
  query: Readonly<Record<string, unknown>>,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(query).map(([name, text]) => {
      const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
      return [name, schema === undefined ? text : read(schema, text)];
    }),
  );
