import { Agent, AgentId, acting, PolicyAgent, PolicyKey, publicAgent, TenantDraft } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { Tenant } from '../decide/tenant.ts';
import { alsoLooser } from './looser.ts';

/** Tenants by id. */
export type Tenants = DocumentStore<Tenant>;

const widgetKey = z.string();
const agentSetId = z.uuid();
const AgentSet = z.object({ agentSetId, agentIds: z.array(AgentId) });
const What = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['created', 'suspended', 'resumed']) }),
  z.object({ kind: z.literal('policy'), drops: AgentSet.optional() }),
  z.object({ kind: z.enum(['key-created', 'key-revoked']), widgetKey }),
  z.object({ kind: z.enum(['engaged', 'released']), widgetKey: widgetKey.optional() }),
  z.object({ kind: z.literal('key-rotated'), widgetKey, successor: z.string(), graceEndsAt: z.string() }),
]);

/** The set that agents get which a tenant’s document held itself, as it did once. */
const firstSetId = '00000000-0000-4000-8000-000000000001';

/** A tenant as it was kept once, with its agents within: read as it is kept now, with those agents still to be moved out. */
function asKeptNow(row: unknown): unknown {
  if (typeof row !== 'object' || row === null || 'agentSetId' in row || !('draft' in row)) return row;
  const within = alsoLooser(z.array(Agent)).parse((row.draft as { agents?: unknown }).agents);
  const draft = { ...(row.draft as object), agents: within.map(publicAgent) };
  return { ...row, draft, agentSetId: firstSetId, formerAgents: null, within };
}

const shape = z.object({
  draft: z.strictObject({ ...TenantDraft.shape, agents: z.array(PolicyAgent) }),
  agentSetId,
  formerAgents: AgentSet.nullable(),
  within: z.array(Agent).default([]),
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
});

export const tenantCells: StoredKind<Tenant> = {
  collection: 'tenants',
  schema: z.preprocess(asKeptNow, alsoLooser(shape)),
  dueAtMs: ({ untold }) => untold[0]?.atMs,
};
