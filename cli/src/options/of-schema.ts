import { issuesOf } from '@vox/platform/fault';
import { InvalidArgumentError } from 'commander';
import type { z } from 'zod';

/** Reads an argument by a schema of the contracts, and refuses it in the schema's own words. */
export const ofSchema =
  <T>(schema: z.ZodType<T>) =>
  (text: string): T => {
    const read = schema.safeParse(text);
    if (read.success) return read.data;
    throw new InvalidArgumentError(`${issuesOf(read.error)[0]?.message ?? 'is not allowed'}.`);
  };
