import type { FieldMistake, Said } from '@vox/contracts';
import { Fault, type Issue } from './fault.ts';
import { coded } from './issues.ts';

/** What is wrong with a field: a sentence that goes on from the field's name, with its code where it has one. */
export type Mistaken = string | Said<FieldMistake>;

/** One mistake as it is told. It repeats no value. */
export const issueAt = (path: string, said: Mistaken): Issue =>
  typeof said === 'string' ? { path, message: said } : { path, message: said.message, ...coded(said) };

/** The fault of one field. */
export const invalidField = (path: string, said: Mistaken, options: { cause?: unknown } = {}): Fault =>
  new Fault('INVALID_REQUEST', { issues: [issueAt(path, said)] }, options);
