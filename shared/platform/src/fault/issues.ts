import { mistakeOf, type SaidValues } from '@vox/contracts';
import type { z } from 'zod';
import type { Issue } from './fault.ts';
import { speakPlainly, wordingOf } from './wording.ts';

speakPlainly();

type Coded = Pick<Issue, 'mistake' | 'values'>;

/**
 * The code of what a schema found: of a sentence of the table that it said, or of our own wording of it. A schema that
 * says a sentence of its own has none.
 */
function codeOf(issue: z.core.$ZodIssue): Coded {
  const { message } = issue;
  if (issue.code === 'custom') {
    const said = issue.params as Readonly<{ message?: string; values?: SaidValues } & Coded> | undefined;
    if (said?.mistake !== undefined && said.message === message) return coded(said);
  }
  const mistake = mistakeOf(message);
  if (mistake !== undefined) return { mistake };
  // Whether there was a value at all is known by the words alone: nobody keeps it.
  const input = message === 'is required' ? undefined : null;
  const told = wordingOf({ ...issue, input } as Parameters<typeof wordingOf>[0]);
  return told.message === message ? coded(told) : {};
}

/** The code of a sentence and what stands in it, if anything does. */
export const coded = ({ mistake, values }: Coded): Coded => ({
  ...(mistake !== undefined && { mistake }),
  ...(values !== undefined && { values }),
});

/**
 * The mistakes that a schema found, as paths, sentences and codes. Nothing repeats a value, so nothing private gets
 * out.
 */
export const issuesOf = (error: z.ZodError): Issue[] =>
  error.issues.map((issue) => ({
    path: issue.path.map(String).join('.') || '(whole)',
    message: issue.message,
    ...codeOf(issue),
  }));
