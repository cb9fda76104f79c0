import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { platform } from '../values/ids.ts';

export const CodesLocked = factKind({
  name: 'vox.identity.codes-locked',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['auth'],
  summary: 'So many wrong codes were given for an address that its codes are refused for a while.',
  data: z.object({
    tenantId: z.literal(platform).describe('an address belongs to no tenant before somebody has signed in'),
    addressMark: z.uuid().describe('a pseudonym of the address: the same address and purpose have the same one'),
    purpose: z.enum(['login', 'step-up']),
    over: z.enum(['hour', 'day']).describe('which bound was reached'),
    until: z.iso.datetime().describe('when the next code may be tried'),
  }),
});

/** The facts of one-time codes. */
export const codeFacts = [CodesLocked] as const;
