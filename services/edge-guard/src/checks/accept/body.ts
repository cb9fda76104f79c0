import { parseWith } from '@vox/platform/http';
import type { z } from 'zod';
import { type Asked, check } from './check.ts';

/**
 * Reads the body in the shape of a schema. `shown` is what the API's document shows of it, where that is another one.
 */
export const body = <S extends z.ZodObject>(schema: S, shown: z.ZodObject = schema) =>
  check({
    name: 'body',
    whenDown: 'no store',
    shows: { body: shown },
    run:
      () =>
      async ({ readBody }: Asked): Promise<{ body: z.infer<S> }> => ({ body: parseWith(schema, await readBody()) }),
  });
