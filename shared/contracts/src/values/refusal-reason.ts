import { z } from 'zod';

/**
 * Why something was refused that no field is wrong of: `reason` of a problem document whose `detail` says it in
 * English.
 */
export const RefusalReason = z.enum([
  'only-owners',
  'more-than-own',
  'message-too-large',
  'needs-offer',
  'takes-no-offer',
]);
export type RefusalReason = z.infer<typeof RefusalReason>;
