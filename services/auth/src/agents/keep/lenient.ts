import { visibleLine, visibleText } from '@vox/contracts';
import { z } from 'zod';

/**
 * No page has this origin (RFC 2606). It replaces an origin that is refused today, so that its key admits no more pages
 * than before.
 */
const nobodysOrigin = 'https://refused.invalid';

/**
 * A schema that also reads what was kept under looser rules. Invisible characters are taken out of texts, and an origin
 * that is refused today becomes nobody's. A tenant that was once accepted is not lost to a rule that came later.
 */
export const lenient = <T>(schema: z.ZodType<T>): z.ZodType<T> =>
  z.preprocess((row) => repaired(schema, repaired(schema, row, visibleText), visibleLine), schema);

function repaired(schema: z.ZodType, row: unknown, seen: (text: string) => string): unknown {
  const read = schema.safeParse(row);
  if (read.success) return row;
  const copy: unknown = structuredClone(row);
  for (const { path } of read.error.issues) repair(copy, path, seen);
  return copy;
}

function repair(row: unknown, path: readonly PropertyKey[], seen: (text: string) => string): void {
  const name = path.at(-1);
  const holder = path.slice(0, -1).reduce<unknown>((within, each) => fieldsOf(within)?.[each], row);
  const fields = fieldsOf(holder);
  if (fields === undefined || name === undefined) return;
  const value = fields[name];
  if (typeof value === 'string') fields[name] = path.at(-2) === 'origins' ? nobodysOrigin : seen(value);
}

const fieldsOf = (value: unknown): Record<PropertyKey, unknown> | undefined =>
  typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>) : undefined;
