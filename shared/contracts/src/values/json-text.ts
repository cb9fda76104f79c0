import { z } from 'zod';

/** A value that is written as JSON in a setting. Each mistake is told by its place; no value is repeated. */
export const jsonText = <S extends z.ZodType>(schema: S) =>
  z.string().transform((text, context): z.output<S> => {
    const read = schema.safeParse(parsed(text));
    if (read.success) return read.data;
    for (const { path, message } of read.error.issues)
      context.addIssue({ code: 'custom', message: `at ${path.join('.') || 'its top'}: ${message}` });
    return z.NEVER;
  });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
