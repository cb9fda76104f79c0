import { visibleLine, visibleText } from '@vox/contracts';
import { z } from 'zod';

/** No page has it (RFC 2606). It stands where an origin stood that is refused today, so that its key admits no more than before. */
const nobodysOrigin = 'https://refused.invalid';

/**
 * A schema that also reads what was kept under looser rules: signs that nobody sees go out of words, and an origin that is refused today becomes
 * nobody's. A tenant that was taken once is not lost to a rule that came later.
 */
export const alsoLooser = <T>(schema: z.ZodType<T>): z.ZodType<T> =>
  z.preprocess((row) => mended(schema, mended(schema, row, visibleText), visibleLine), schema);

function mended(schema: z.ZodType, row: unknown, seen: (text: string) => string): unknown {
  const read = schema.safeParse(row);
  if (read.success) return row;
  const copy: unknown = structuredClone(row);
  for (const { path } of read.error.issues) mend(copy, path, seen);
  return copy;
}

function mend(row: unknown, path: readonly PropertyKey[], seen: (text: string) => string): void {
  const name = path.at(-1);
  const holder = path.slice(0, -1).reduce<unknown>((within, each) => fieldsOf(within)?.[each], row);
  const fields = fieldsOf(holder);
  if (fields === undefined || name === undefined) return;
  const value = fields[name];
  if (typeof value === 'string') fields[name] = path.at(-2) === 'origins' ? nobodysOrigin : seen(value);
}

const fieldsOf = (value: unknown): Record<PropertyKey, unknown> | undefined =>
  typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>) : undefined;
