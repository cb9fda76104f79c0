import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { asked } from '../asked.fixture.ts';
import { body } from './body.ts';

const Named = z.object({ name: z.string() });

describe('the body check', () => {
  it('adds the body in the shape of its schema, and shows that in the API’s document', async () => {
    expect(await body(Named).run({})(asked({ body: { name: 'a', more: 1 } }))).toEqual({ body: { name: 'a' } });
    expect(body(Named).shows).toEqual({ body: Named });
    const Shown = Named.extend({ more: z.number() });
    expect(body(Named, Shown).shows).toEqual({ body: Shown });
  });
  it('refuses a body of another shape', async () => {
    const run = body(Named).run({});
    await expect(run(asked({ body: { name: 1 } }))).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});
