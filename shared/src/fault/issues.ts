import type { z } from 'zod';
import type { Issue } from './fault.ts';

/** Zod's findings as paths and sentences. Zod's own messages never repeat the value, so nothing private gets out. */
export const issuesOf = (error: z.ZodError): Issue[] =>
  error.issues.map((issue) => ({ path: issue.path.map(String).join('.') || '(whole)', message: issue.message }));
