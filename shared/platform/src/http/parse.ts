import type { z } from 'zod';
import { Fault, issuesOf } from '../fault/mod.ts';

/** Parses a value by its schema. Throws Fault INVALID_REQUEST that names every wrong field. */
export function parseWith<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const read = schema.safeParse(value ?? {});
  if (!read.success) throw new Fault('INVALID_REQUEST', { issues: issuesOf(read.error) });
  return read.data;
}
