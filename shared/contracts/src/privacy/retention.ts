import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { question } from '../kinds/question.ts';
import { Retention, RetentionClass } from '../tenants/data-protection.ts';
import { acting, Reason } from '../values/acting.ts';
import { IdentifierMatch, SubjectIdentifiers } from '../values/identifier.ts';
import { SessionId, TenantId } from '../values/ids.ts';

const count = z.number().int().nonnegative();
const counts = z.object({
  transcripts: count,
  usage: count,
  security: count,
  consents: count,
  audit: count,
});

/** What a retention receipt says: that so many documents of a class were removed, for they had been kept as long as promised. */
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

export const RetentionSwept = factKind(
  'vox.privacy.retention-swept',
  1,
  'tenant',
  'What had been kept as long as promised is gone from every store and stream.',
  z.object({ ...RetentionReceipt.payload.shape, receiptId: z.uuid() }),
);

export const PreviewRetention = question(
  'compliance',
  'retention-preview',
  'What would go at once if these times were in force; without them, what the next sweep removes.',
  z.strictObject({ tenantId: TenantId, retention: Retention.partial().optional() }),
  z.object({
    going: counts,
    held: counts.describe('older too, but under a legal hold'),
    capped: z.boolean().describe('there is more of some class than was counted'),
  }),
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
);

/** What a legal hold keeps: everything of a tenant, one call, or all of a person. */
export const HoldScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tenant') }),
  z.strictObject({ kind: z.literal('session'), sessionId: SessionId }),
  z.strictObject({ kind: z.literal('person'), identifiers: SubjectIdentifiers }),
]);

const asked = { tenantId: TenantId, ...acting };

export const PlaceHold = question(
  'compliance',
  'hold-place',
  'Keeps what a scope covers from retention and erasure until it is released.',
  z.strictObject({ ...asked, scope: HoldScope, reason: Reason }),
  z.object({
    holdId: z.uuid(),
    matches: z.array(IdentifierMatch).optional().describe('of a person: who is known by each identifier today'),
  }),
);

export const ReleaseHold = question(
  'compliance',
  'hold-release',
  'Ends a legal hold: what is older than promised goes with the next sweep.',
  z.strictObject({ ...asked, holdId: z.uuid() }),
  z.object({ releasedAt: z.iso.datetime() }),
);

export const ListHolds = question(
  'compliance',
  'hold-list',
  'A tenant’s legal holds, released ones included.',
  z.strictObject({ tenantId: TenantId }),
  z.object({
    holds: z.array(
      z.object({
        holdId: z.uuid(),
        kind: z.enum(['tenant', 'session', 'person']),
        sessionId: SessionId.optional(),
        reason: z.string(),
        placedBy: z.string(),
        placedAt: z.iso.datetime(),
        releasedAt: z.iso.datetime().nullable(),
      }),
    ),
  }),
);

const hold = { tenantId: TenantId, holdId: z.uuid(), ...acting };
export const HoldPlaced = factKind(
  'vox.privacy.hold-placed',
  1,
  'tenant',
  'Something is kept from retention and erasure.',
  z.object({ ...hold, kind: z.enum(['tenant', 'session', 'person']) }),
);
export const HoldReleased = factKind('vox.privacy.hold-released', 1, 'tenant', 'A legal hold ended.', z.object(hold));
