import { acting, PolicyKey, TenantDraft } from '@vox/shared/contracts';
import type { CellKind, Cells } from '@vox/shared/store';
import { z } from 'zod';
import type { Tenant } from '../decide/tenant.ts';

/** Tenants by id. */
export type Tenants = Cells<Tenant>;

const widgetKey = z.string();
const What = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['created', 'policy', 'suspended', 'resumed']) }),
  z.object({ kind: z.enum(['key-created', 'key-revoked']), widgetKey }),
  z.object({ kind: z.enum(['engaged', 'released']), widgetKey: widgetKey.optional() }),
  z.object({ kind: z.literal('key-rotated'), widgetKey, successor: z.string(), graceEndsAt: z.string() }),
]);

export const tenantCells: CellKind<Tenant> = {
  collection: 'tenants',
  schema: z.object({
    draft: TenantDraft,
    status: z.enum(['active', 'suspended']),
    halted: z.boolean().default(false),
    version: z.number().int(),
    keys: z.array(PolicyKey),
    untold: z.array(
      z.object({
        id: z.string(),
        by: z.object(acting),
        traceparent: z.string().optional(),
        atMs: z.number(),
        what: What,
      }),
    ),
  }),
  dueAtMs: ({ untold }) => untold[0]?.atMs,
};
