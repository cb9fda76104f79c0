import type { Agent, ShowAgent } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import { type Agents, agentDocumentKey } from '../keep/agents.ts';

export type ShowAgentDependencies = Readonly<{ agents: Pick<Agents, 'read'> }>;

/** Throws Fault NOT_FOUND where the tenant has no such agent. */
export async function showAgent(
  { agents }: ShowAgentDependencies,
  { tenantId, agentSetId, agentId }: z.infer<(typeof ShowAgent)['request']>,
): Promise<Agent> {
  const kept = await agents.read(agentDocumentKey(tenantId, agentSetId, agentId));
  if (kept === undefined) throw new Fault('NOT_FOUND');
  return kept.agent;
}
