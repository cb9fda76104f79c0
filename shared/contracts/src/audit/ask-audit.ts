import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { acting, RequestId } from '../values/acting.ts';
import { TenantIdOrPlatform } from '../values/ids.ts';
import { AuditBreak, AuditEntry, AuditFilter, AuditLine, AuditPlace } from './entry.ts';

export const VerifyAudit = question(
  'compliance',
  'audit-verify',
  'Reads the next part of a tenant’s audit log, at first from where it begins, and names the first entry that was changed, lost, moved or cut off.',
  z.strictObject({
    tenantId: TenantIdOrPlatform,
    from: AuditPlace.omit({ tenantId: true })
      .strict()
      .optional()
      .describe('what the part before answered as next; left out for the first'),
  }),
  z.object({
    entries: z.number().int().nonnegative().describe('of this part'),
    first: z
      .number()
      .int()
      .positive()
      .describe('where this part begins; the first one later than at 1 when the front has outlived its retention'),
    checkpoints: z.number().int().nonnegative().describe('signed places that were met'),
    broken: AuditBreak.nullable(),
    next: AuditPlace.omit({ tenantId: true })
      .nullable()
      .describe('from where to ask on; null at the end, and at a break'),
  }),
  { action: 'audit.read' },
);

const filtered = { tenantId: TenantIdOrPlatform, filter: AuditFilter.strict().default({}), ...acting };
const place = z.number().int().nonnegative();

export const ListAudit = question(
  'compliance',
  'audit-list',
  'The newest entries of a tenant’s audit log that a filter lets through, the oldest of them first. Leaves an entry itself.',
  z.strictObject({
    ...filtered,
    limit: z.number().int().min(1).max(200).default(50),
    before: place.optional().describe('looks at earlier places only'),
  }),
  z.object({
    entries: z.array(AuditEntry),
    earlier: place.nullable().describe('from where to look on; null when nothing stands earlier'),
  }),
  { action: 'audit.read' },
);

export const ExportAudit = question(
  'compliance',
  'audit-export',
  'One page of a tenant’s audit log as it was when the first page was asked for, each signed. Leaves an entry itself, one for each request id.',
  z.strictObject({
    ...filtered,
    requestId: RequestId,
    from: z
      .strictObject({ after: place, upto: place })
      .optional()
      .describe('what the page before answered as next; left out for the first page'),
  }),
  z.object({ lines: z.array(AuditLine), next: z.object({ after: place, upto: place }).nullable() }),
  { action: 'audit.read' },
);
