import { z } from 'zod';
import { TenantIdOrPlatform } from './ids.ts';
import { question } from './questions.ts';

export const VerifyAudit = question(
  'compliance',
  'audit-verify',
  'Reads a tenant’s audit log from its first entry and names the first that was changed, lost or moved.',
  z.object({ tenantId: TenantIdOrPlatform }),
  z.object({
    entries: z.number().int().nonnegative(),
    broken: z
      .object({ sequence: z.number().int().positive(), cause: z.enum(['missing', 'repeated', 'changed', 'unlinked']) })
      .nullable(),
  }),
);
