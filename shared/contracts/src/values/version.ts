import { z } from 'zod';

/** The version of a tenant that an asker read before it asks for a change. */
export const ifVersion = z
  .number()
  .int()
  .positive()
  .optional()
  .describe(
    'the version that the tenant must still have; otherwise nothing changes, and the answer is VERSION_MISMATCH',
  );
