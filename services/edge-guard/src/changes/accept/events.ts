import { ChangeNotice } from '@vox/contracts';
import { z } from 'zod';

/** What the API’s document says of each event. */
export const changeEvents: Readonly<Record<string, z.ZodObject>> = {
  anew: z.object({
    why: z.enum(['begun', 'many']).describe('all that is shown is to be asked anew: nobody keeps what was missed'),
  }),
  changed: ChangeNotice,
};
