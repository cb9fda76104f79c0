import { exampleOf, jsonSchemaOf } from '@vox/platform/examples';
import type { z } from 'zod';

/** The content of a body, with an example of it. */
export const content = (schema: object, example: unknown, type = 'application/json') => ({
  content: { [type]: { schema, ...(example !== undefined && { example }) } },
});

/** An answer’s content, with an example. */
export const answerContent = (schema: z.ZodType) => content(jsonSchemaOf(schema, 'output'), exampleOf(schema));

const stream = 'Server-Sent Events. `x-vox-events` has the schema of the `data` of each `event`, which is JSON.';

/** The content of a stream of events, with one of each name as an example. */
export function streamContent(events: Readonly<Record<string, z.ZodType>>) {
  const all = Object.entries(events);
  const example = all.map(
    ([name, data], at) => `id: 1777939200000-${at + 1}\nevent: ${name}\ndata: ${JSON.stringify(exampleOf(data))}\n\n`,
  );
  const schemas = Object.fromEntries(all.map(([name, data]) => [name, jsonSchemaOf(data, 'output')]));
  const schema = { type: 'string', description: stream };
  return { content: { 'text/event-stream': { schema, example: example.join(''), 'x-vox-events': schemas } } };
}
