import { parseWith } from '@vox/platform/http';
import type { z } from 'zod';
import { type Asked, check } from './check.ts';

/** Reads what stands behind the question mark. */
export const query = <S extends z.ZodObject>(schema: S) =>
  check({
    name: 'query',
    whenDown: 'no store',
    shows: { query: schema },
    run:
      () =>
      ({ request }: Asked): { query: z.infer<S> } => ({ query: parseWith(schema, request.query) }),
  });
