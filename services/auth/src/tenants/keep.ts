import {
  Agent,
  AgentId,
  acting,
  BudgetLimit,
  identityKinds,
  LimitOverride,
  PolicyKey,
  publicAgent,
} from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { lenient } from '../agents/mod.ts';
import { putDraftShape } from '../policy-versions/mod.ts';
import type { Tenant } from './decide/tenant.ts';

/** Tenants by id. */
export type Tenants = DocumentStore<Tenant>;

const widgetKey = z.string();
const { agentSetId, draft } = putDraftShape;
const puts = z.object(putDraftShape).optional();
const AgentSet = z.object({ agentSetId, agentIds: z.array(AgentId) });
const Event = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['suspended', 'resumed']) }),
  z.object({ kind: z.literal('created'), puts }),
  z.object({ kind: z.literal('policy'), drops: AgentSet.optional(), puts }),
  z.object({ kind: z.enum(['key-created', 'key-revoked']), widgetKey }),
  z.object({ kind: z.enum(['engaged', 'released']), widgetKey: widgetKey.optional() }),
  z.object({
    kind: z.literal('limit-overridden'),
    identityKind: z.enum(identityKinds),
    limit: BudgetLimit,
    value: z.number().int().nonnegative().nullable(),
    until: z.string().nullable(),
  }),
  z.object({ kind: z.literal('key-rotated'), widgetKey, successor: z.string(), graceEndsAt: z.string() }),
]);

/** Tenants once held their agents themselves: those agents get this set. */
const firstSetId = '00000000-0000-4000-8000-000000000001';

/** Reads a tenant that still holds its agents as it is kept now. The agents are still to be moved out. */
function inTodaysForm(row: unknown): unknown {
  if (typeof row !== 'object' || row === null || 'agentSetId' in row || !('draft' in row)) return row;
  const within = lenient(z.array(Agent)).parse((row.draft as { agents?: unknown }).agents);
  const draft = { ...(row.draft as object), agents: within.map(publicAgent) };
  return { ...row, draft, agentSetId: firstSetId, formerAgents: null, within };
}

/** Who changed something, when and under which request, as an outbox keeps it. */
export const storedStamp = {
  id: z.string(),
  by: z.object(acting),
  traceparent: z.string().optional(),
  atMs: z.number().int(),
};

const shape = z.object({
  draft,
  agentSetId,
  formerAgents: AgentSet.nullable(),
  within: z.array(Agent).default([]),
  status: z.enum(['active', 'suspended']),
  halted: z.boolean().default(false),
  version: z.number().int(),
  keys: z.array(PolicyKey),
  overrides: z.array(LimitOverride).default([]),
  untold: z.array(z.object({ ...storedStamp, what: Event })),
});

export const storedTenants: StoredKind<Tenant> = {
  collection: 'tenants',
  schema: z.preprocess(inTodaysForm, lenient(shape)),
  dueAtMs: ({ untold }) => untold[0]?.atMs,
};
