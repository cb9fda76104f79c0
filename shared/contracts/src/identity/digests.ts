import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { TenantIdOrPlatform } from '../values/ids.ts';

/** An ISO 8601 week, such as `2026-W19`. It begins on Monday, 00:00 UTC. */
export const IsoWeek = z.string().regex(/^\d{4}-W\d{2}$/);

export const RefusalsDigested = factKind({
  name: 'vox.identity.refusals-digested',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['auth'],
  summary: 'What the edge refused of a tenant in a week, by code: once per tenant and week in which anything was.',
  data: z.object({
    tenantId: TenantIdOrPlatform,
    week: IsoWeek,
    from: z.iso.datetime(),
    to: z.iso.datetime().describe('exclusive'),
    total: z.number().int().positive(),
    byCode: z.record(z.string().max(64), z.number().int().positive()).describe('codes of the HTTP contract'),
  }),
});

export const digestFacts = [RefusalsDigested] as const;
