import type { Agent } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { AgentSet } from '../decide.ts';
import { type Agents, agentDocumentKey } from '../keep/agents.ts';
import { type AgentReplicas, publishAgent } from '../publish.ts';

export type PublishAgentsDependencies = Readonly<{
  bus: AgentReplicas;
  agents: Pick<Agents, 'read'>;
  /** Which set of each tenant's agents this copy has published last. */
  publishedSets: Map<string, string>;
}>;

/**
 * Publishes a tenant's agents, unless this copy has done so. It comes before the policy that names them, so that the
 * broker finds them all. `within` are agents that are not yet kept on their own.
 */
export async function publishAgents(
  { bus, agents, publishedSets }: PublishAgentsDependencies,
  tenantId: string,
  { agentSetId, agentIds }: AgentSet,
  within: readonly Agent[],
): Promise<void> {
  if (publishedSets.get(tenantId) === agentSetId) return;
  await Promise.all(
    agentIds.map(async (agentId) => {
      const agent =
        within.find((each) => each.agentId === agentId) ??
        (await agents.read(agentDocumentKey(tenantId, agentSetId, agentId)))?.agent;
      if (agent === undefined)
        throw new Fault('INTERNAL', {}, { cause: new Error('a policy names an agent that is not kept') });
      await publishAgent(bus, tenantId, agentSetId, agent);
    }),
  );
  publishedSets.set(tenantId, agentSetId);
}
