import { z } from 'zod';
import { AuditBreak } from './audit.ts';
import { TenantIdOrPlatform } from './ids.ts';
import { question } from './questions.ts';

export const VerifyAudit = question(
  'compliance',
  'audit-verify',
  'Reads a tenant’s audit log from where it begins and names the first entry that was changed, lost, moved or cut off.',
  z.object({ tenantId: TenantIdOrPlatform }),
  z.object({
    entries: z.number().int().nonnegative(),
    first: z
      .number()
      .int()
      .positive()
      .describe('where the chain begins; later than 1 when its front has outlived its retention'),
    checkpoints: z.number().int().nonnegative().describe('signed places that were met'),
    broken: AuditBreak.nullable(),
  }),
);
