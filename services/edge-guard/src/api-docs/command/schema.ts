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
