import { CallEvent } from '@vox/contracts';
import { z } from 'zod';

const count = z.number().int().nonnegative();

const Remaining = z.object({
  seconds: count,
  tokens: count.nullable().describe('null while the budget cannot be asked'),
  dollars: z.number().nonnegative().nullable(),
  endsAt: z.iso.datetime(),
});

/** What the API’s document says of each event of a call. */
export const callEvents: Readonly<Record<string, z.ZodObject>> = {
  remaining: Remaining,
  ...Object.fromEntries(
    CallEvent.options.map((option) => {
      const { kind, ...data } = option.shape;
      return [kind.value, z.object(data as z.ZodRawShape)];
    }),
  ),
};
