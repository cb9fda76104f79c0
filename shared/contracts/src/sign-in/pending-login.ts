import { z } from 'zod';
import { FactorMethod } from './second-factors.ts';

/** The token of whoever has given a right code and has yet to show a second factor. It is no login. */
export const PendingToken = z.string().min(1).max(4_096);

/** What stands between a right code and a login. */
export const PendingLogin = z.object({
  next: z.literal('second-factor'),
  pending: PendingToken,
  methods: z
    .array(FactorMethod)
    .describe('with which the member can show it; none: there is no factor, and one must be added first'),
});
export type PendingLogin = z.infer<typeof PendingLogin>;
