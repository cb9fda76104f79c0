import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { question } from '../kinds/question.ts';
import { acting, Reason } from '../values/acting.ts';
import { IdentifierMatch, SubjectIdentifiers } from '../values/identifier.ts';
import { SessionId, TenantId } from '../values/ids.ts';

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
  { action: 'legal-holds.place' },
);

export const ReleaseHold = question(
  'compliance',
  'hold-release',
  'Ends a legal hold: what is older than promised goes with the next sweep.',
  z.strictObject({ ...asked, holdId: z.uuid() }),
  z.object({ releasedAt: z.iso.datetime() }),
  { action: 'legal-holds.release' },
);

export const ListHolds = question(
  'compliance',
  'hold-list',
  'A tenant’s legal holds, released ones included, in the order of their ids.',
  z.strictObject({
    tenantId: TenantId,
    after: z.uuid().optional().describe('`next` of the page before'),
    limit: z.number().int().min(1).max(200).default(200),
  }),
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
    next: z.uuid().nullable().default(null),
  }),
  { action: 'legal-holds.list' },
);

const hold = { tenantId: TenantId, holdId: z.uuid(), ...acting };
export const HoldPlaced = factKind({
  name: 'vox.privacy.hold-placed',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_PRIVACY',
  publishers: ['compliance'],
  summary: 'Something is kept from retention and erasure.',
  data: z.object({ ...hold, kind: z.enum(['tenant', 'session', 'person']) }),
});
export const HoldReleased = factKind({
  name: 'vox.privacy.hold-released',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_PRIVACY',
  publishers: ['compliance'],
  summary: 'A legal hold ended.',
  data: z.object(hold),
});
