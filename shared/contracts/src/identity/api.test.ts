import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { accessTable } from './access.ts';
import { apiTable } from './api.ts';
import { pathFieldsOf, placesOf } from './api-row.ts';

const kindOf = (schema: z.ZodType): string => {
  const { type, innerType, element } = schema._zod.def as { type: string; innerType?: z.ZodType; element?: z.ZodType };
  if (innerType !== undefined) return kindOf(innerType);
  return type === 'array' && element !== undefined ? `array of ${kindOf(element)}` : type;
};

describe('an operation of /api/v1', () => {
  it('has a method and a path that no other has, and names fields of its question in the path', () => {
    const names = apiTable.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`);
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
    for (const row of apiTable)
      for (const field of pathFieldsOf(row))
        expect([row.path, field, Object.hasOwn(row.question.request.shape, field)]).toEqual([row.path, field, true]);
  });
  it('has an action of the access table', () => {
    expect(apiTable.filter(({ question }) => !Object.hasOwn(accessTable, question.action))).toEqual([]);
  });
  it('asks for nothing in a query that cannot stand there, and for no identifier of a person', () => {
    const written = ['string', 'number', 'boolean', 'enum', 'literal', 'array of string', 'array of enum'];
    for (const row of apiTable)
      for (const [name, schema] of Object.entries(placesOf(row).query)) {
        expect([row.path, name, written.includes(kindOf(schema)) ? 'plain' : kindOf(schema)]).toEqual([
          ...[row.path, name, 'plain'],
        ]);
        expect([row.path, name]).not.toEqual([row.path, 'identifiers']);
      }
  });
});
