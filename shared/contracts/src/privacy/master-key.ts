import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { acting } from '../values/acting.ts';
import { platform } from '../values/ids.ts';

export const MasterKeyRotated = factKind({
  name: 'vox.privacy.master-key-rotated',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_PRIVACY',
  publishers: ['compliance'],
  summary: 'Every key of a tenant that stood under an older master key stands under the newest.',
  data: z.object({
    tenantId: z.literal(platform),
    kid: z
      .string()
      .regex(/^[0-9a-f]{16}$/)
      .describe('names the newest master key; reveals nothing of it'),
    rewrapped: z.number().int().nonnegative(),
    ...acting,
  }),
});
