import { z } from 'zod';

/** How a tenant's members sign in, besides the code that each gets by mail. */
export const SignInRules = z.object({
  secondFactor: z
    .enum(['off', 'required'])
    .default('off')
    .describe('required: nobody signs in without a second factor; whoever has none may only add one'),
});
export type SignInRules = z.infer<typeof SignInRules>;
