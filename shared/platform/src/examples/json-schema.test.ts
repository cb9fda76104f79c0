import { expect, it } from 'vitest';
import { z } from 'zod';
import { jsonSchemaOf } from './json-schema.ts';

it('the JSON Schema of a contract refers to nothing outside itself, and any JSON is an empty schema', () => {
  const inner = z.object({ value: z.json().describe('whatever it is'), name: z.string() });
  const schema = z.object({ one: inner, two: z.array(inner), last: z.record(z.string(), z.json()) });
  for (const io of ['input', 'output'] as const) {
    const made = jsonSchemaOf(schema, io) as { properties: { one: { properties: object } } };
    expect(JSON.stringify(made)).not.toMatch(/\$ref|\$defs|\$schema/);
    expect(made.properties.one.properties).toEqual({
      value: { description: 'whatever it is' },
      name: { type: 'string' },
    });
  }
});
