import type { z } from 'zod';
import type { Issue } from './fault.ts';
import { speakPlainly } from './wording.ts';

speakPlainly();

/**
 * The mistakes that a schema found, as paths and sentences. No message repeats a value, so nothing private gets out.
 */
export const issuesOf = (error: z.ZodError): Issue[] =>
  error.issues.map((issue) => ({ path: issue.path.map(String).join('.') || '(whole)', message: issue.message }));
