import type { AgentSet } from '../decide.ts';
import { type Agents, agentDocumentKey } from '../keep/agents.ts';
import { type AgentReplicas, withdrawAgent } from '../publish.ts';

export type DropAgentSetDependencies = Readonly<{ bus: AgentReplicas; agents: Pick<Agents, 'remove'> }>;

/** Removes a set that no policy names any more from the bus and from the store. */
export async function dropAgentSet(
  { bus, agents }: DropAgentSetDependencies,
  tenantId: string,
  { agentSetId, agentIds }: AgentSet,
): Promise<void> {
  for (const agentId of agentIds) {
    await withdrawAgent(bus, tenantId, agentSetId, agentId);
    await agents.remove(agentDocumentKey(tenantId, agentSetId, agentId));
  }
}
