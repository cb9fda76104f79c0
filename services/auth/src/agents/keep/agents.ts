import { Agent, TenantId } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { alsoLooser } from './lenient.ts';

/** Agents by `agentCell`: the set of each policy in force and of the one before it, and what was sent and may be put yet. None ever changes. */
export type Agents = DocumentStore<KeptAgent>;

export type KeptAgent = Readonly<{
  tenantId: string;
  agentSetId: string;
  agent: Agent;
  /** When to look whether a policy still names it. */
  lookAtMs: number;
}>;

export const agentCell = (tenantId: string, agentSetId: string, agentId: string): string =>
  `${tenantId}/${agentSetId}/${agentId}`;

export const agentCells: StoredKind<KeptAgent> = {
  collection: 'agents',
  schema: z.object({ tenantId: TenantId, agentSetId: z.uuid(), agent: alsoLooser(Agent), lookAtMs: z.number().int() }),
  dueAtMs: ({ lookAtMs }) => lookAtMs,
};
