import { exampleOf } from '@vox/platform/examples';
import { z } from 'zod';

/** A schema as JSON Schema (draft 2020-12), as OpenAPI 3.1 takes it. */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

/** The content of a body, with an example of it. */
export const content = (schema: object, example: unknown, type = 'application/json') => ({
  content: { [type]: { schema, ...(example !== undefined && { example }) } },
});

/** An answer’s content, with an example. */
export const answerContent = (schema: z.ZodType) => content(schemaOf(schema, 'output'), exampleOf(schema));

const stream = 'Server-Sent Events. `x-vox-events` has the schema of the `data` of each `event`, which is JSON.';

/** The content of a stream of events, with one of each name as an example. */
export function streamContent(events: Readonly<Record<string, z.ZodType>>) {
  const all = Object.entries(events);
  const example = all.map(
    ([name, data], at) => `id: 1777939200000-${at + 1}\nevent: ${name}\ndata: ${JSON.stringify(exampleOf(data))}\n\n`,
  );
  const schemas = Object.fromEntries(all.map(([name, data]) => [name, schemaOf(data, 'output')]));
  const schema = { type: 'string', description: stream };
  return { content: { 'text/event-stream': { schema, example: example.join(''), 'x-vox-events': schemas } } };
}
