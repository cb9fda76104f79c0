import { Fault } from './fault.ts';

/** The fault of one field. `message` goes on from the field's name and repeats no value. */
export const invalidField = (path: string, message: string, options: { cause?: unknown } = {}): Fault =>
  new Fault('INVALID_REQUEST', { issues: [{ path, message }] }, options);
