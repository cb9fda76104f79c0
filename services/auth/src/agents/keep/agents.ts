import { Agent, TenantId } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { KeptAgent } from '../decide.ts';
import { lenient } from './lenient.ts';

/**
 * Agents by `agentDocumentKey`: the set of each policy in force, the set of the policy before it, and agents that were
 * sent for a policy to come. What an agent says never changes.
 */
export type Agents = DocumentStore<KeptAgent>;

export const agentDocumentKey = (tenantId: string, agentSetId: string, agentId: string): string =>
  `${tenantId}/${agentSetId}/${agentId}`;

export const storedAgents: StoredKind<KeptAgent> = {
  collection: 'agents',
  schema: z.object({ tenantId: TenantId, agentSetId: z.uuid(), agent: lenient(Agent), lookAtMs: z.number().int() }),
  dueAtMs: ({ lookAtMs }) => lookAtMs,
};
