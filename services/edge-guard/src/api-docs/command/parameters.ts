import { type ApiRow, CsvSeparator, pathFieldsOf, placesOf } from '@vox/contracts';
import { exampleOf, jsonSchemaOf } from '@vox/platform/examples';
import type { z } from 'zod';
import type { Described } from './described.ts';

type Fields = Readonly<Record<string, z.ZodType>>;
type Example = Readonly<Record<string, unknown>>;

const shapeOf = ({ question }: ApiRow): Fields => question.request.shape as Fields;
const exampleOfRow = ({ question }: ApiRow): Example => exampleOf(question.request) as Example;

function parameter(place: 'path' | 'query', name: string, schema: z.ZodType, example: unknown): object {
  const written = jsonSchemaOf(schema, 'input') as { type?: string };
  return {
    ...{ name, in: place, required: place === 'path' || !schema.isOptional(), schema: written },
    // Lists stand in a query with commas between.
    ...(written.type === 'array' && { style: 'form', explode: false }),
    ...(example !== undefined && { example }),
  };
}

const header = (name: string, schema: object, description: string): object => ({
  ...{ name, in: 'header', required: false, schema, description },
});
const idempotencyKey = header(
  'Idempotency-Key',
  { type: 'string', maxLength: 255 },
  'The same key with the same request is answered once, and again with the same answer.',
);
const lastEventId = header(
  'Last-Event-ID',
  { type: 'string', maxLength: 255 },
  'The id of the last event of a stream that broke off: that stream is over then. Nothing is said again.',
);
const ifNoneMatch = header('If-None-Match', { type: 'string' }, 'The ETag of an answer that one has: 304 if it holds.');
const ifMatch = header(
  'If-Match',
  { type: 'string', pattern: '^(?:W/)?"\\d{1,9}"$' },
  'The ETag of the version that one has read: nothing is changed if there is a newer one.',
);

const separator = {
  ...{ name: 'separator', in: 'query', required: false, schema: { type: 'string', enum: CsvSeparator.options } },
  description: 'Between the cells of a CSV. Spreadsheets split at ; where the comma is the decimal sign.',
};

/** The parameters of a route: those of its path, of its query, and the headers that it reads. */
export function parametersOf({ api, query, paths, method, events }: Described): object[] {
  if (api === undefined) {
    const asked = Object.entries(query?.shape ?? {}) as [string, z.ZodType][];
    const inQuery = asked.map(([name, schema]) => parameter('query', name, schema, exampleOf(schema, name)));
    const inHeader = [
      ...(paths.includes('/api/session') ? [idempotencyKey] : []),
      ...(events === undefined ? [] : [lastEventId]),
    ];
    return [...inQuery, ...inHeader];
  }
  const example = exampleOfRow(api);
  const { [api.flattened ?? '']: flattened } = example as Readonly<Record<string, Example>>;
  const shape = shapeOf(api);
  return [
    ...pathFieldsOf(api).map((name) => parameter('path', name, shape[name] as z.ZodType, example[name])),
    ...Object.entries(placesOf(api).query).map(([name, schema]) =>
      parameter('query', name, schema, flattened?.[name] ?? example[name] ?? exampleOf(schema, name)),
    ),
    ...(api.csv === undefined ? [] : [separator]),
    ...(method === 'post' ? [idempotencyKey] : []),
    ...(method === 'get' ? [ifNoneMatch] : []),
    ...(api.matches === undefined ? [] : [ifMatch]),
  ];
}
