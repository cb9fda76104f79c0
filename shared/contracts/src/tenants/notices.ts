import { z } from 'zod';

/** Whom a tenant wants told, by mail. It stays in auth: no other service reads it. */
export const Notices = z.strictObject({
  digestTo: z
    .email()
    .max(254)
    .nullable()
    .default(null)
    .describe('who gets the weekly digest of refusals; null: nobody'),
});
export type Notices = z.infer<typeof Notices>;
