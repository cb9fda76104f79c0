import { z } from 'zod';

const count = z.number().int().nonnegative();

export const AppendAnswer = z.object({
  ok: z.literal(true),
  appended: count.describe('held from now on; 0 where the tenant keeps nothing'),
  duplicates: count.describe('that were held already'),
  refused: z
    .array(
      z.object({
        index: count.describe('its place in the batch'),
        id: z.string().optional(),
        issues: z.array(z.object({ path: z.string(), message: z.string() })),
      }),
    )
    .optional()
    .describe('messages that can never be kept, and why; all others are'),
});
export const FinalizeAnswer = z.object({ ok: z.literal(true) });
