import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { asked } from '../asked.fixture.ts';
import { query } from './query.ts';

const Named = z.object({ name: z.string() });

describe('the query check', () => {
  it('adds the query in the shape of its schema', () => {
    expect(query(Named).run({})(asked({ query: { name: 'a', more: '1' } }))).toEqual({ query: { name: 'a' } });
  });
  it('refuses a query of another shape', () => {
    expect(() => query(Named).run({})(asked())).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
  });
});
