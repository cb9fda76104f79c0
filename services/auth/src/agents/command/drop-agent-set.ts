import type { AgentSet } from '../decide.ts';
import { type Agents, agentDocumentKey } from '../keep/agents.ts';
import { type AgentReplicas, withdrawAgent } from '../publish.ts';

export type WithdrawAgentSetDependencies = Readonly<{ bus: AgentReplicas }>;
export type RemoveAgentSetDependencies = Readonly<{ agents: Pick<Agents, 'remove'> }>;

/** Removes a set from the bus: nobody goes by a policy that names it any more. */
export async function withdrawAgentSet(
  { bus }: WithdrawAgentSetDependencies,
  tenantId: string,
  { agentSetId, agentIds }: AgentSet,
): Promise<void> {
  for (const agentId of agentIds) await withdrawAgent(bus, tenantId, agentSetId, agentId);
}

/** Removes a set that no version of the policy names any more from the store. */
export async function removeAgentSet(
  { agents }: RemoveAgentSetDependencies,
  tenantId: string,
  { agentSetId, agentIds }: AgentSet,
): Promise<void> {
  for (const agentId of agentIds) await agents.remove(agentDocumentKey(tenantId, agentSetId, agentId));
}
