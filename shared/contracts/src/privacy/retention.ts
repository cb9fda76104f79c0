import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { question } from '../kinds/question.ts';
import { Retention, RetentionClass } from '../tenants/data-protection.ts';
import { TenantId } from '../values/ids.ts';

const count = z.number().int().nonnegative();
const counts = z.object({
  transcripts: count,
  usage: count,
  security: count,
  consents: count,
  audit: count,
});

const { transcripts, usage, security, consents, audit } = Retention.shape;
/** Days of some classes. A class that is not named gets no standard: what the policy says holds for it. */
const SomeRetention = z
  .strictObject({
    transcripts: transcripts.unwrap(),
    usage: usage.unwrap(),
    security: security.unwrap(),
    consents: consents.unwrap(),
    audit: audit.unwrap(),
  })
  .partial();

/** The content of a retention receipt: how many documents of a class were removed at the end of their retention. */
export const RetentionReceipt = {
  name: 'retention',
  payload: z.object({
    tenantId: TenantId,
    class: RetentionClass,
    sequence: z.number().int().positive().describe('of the tenant’s receipts for this class, from 1'),
    olderThan: z.iso.datetime(),
    removed: count,
    digest: z
      .string()
      .describe('SHA-256 over the ids of what was removed and the digest of the receipt before it, base64url'),
  }),
} as const;

export const RetentionSwept = factKind({
  name: 'vox.privacy.retention-swept',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_PRIVACY',
  publishers: ['compliance'],
  summary: 'What had been kept as long as promised is gone from every store and stream.',
  data: z.object({ ...RetentionReceipt.payload.shape, receiptId: z.uuid() }),
});

export const PreviewRetention = question(
  'compliance',
  'retention-preview',
  'What would go at once if these times were in force; without them, what the next sweep removes.',
  z.strictObject({ tenantId: TenantId, retention: SomeRetention.optional() }),
  z.object({
    going: counts,
    held: counts.describe('older too, but under a legal hold'),
    capped: z.boolean().describe('there is more of some class than was counted'),
  }),
  { action: 'retention.read' },
);

export const ListRetentionReceipts = question(
  'compliance',
  'retention-receipts',
  'Signed proofs of what was removed, oldest first.',
  z.strictObject({
    tenantId: TenantId,
    class: RetentionClass,
    after: count.default(0),
    limit: z.number().int().min(1).max(100).default(50),
  }),
  z.object({ receipts: z.array(z.string()), next: count.nullable() }),
  { action: 'retention.read' },
);
