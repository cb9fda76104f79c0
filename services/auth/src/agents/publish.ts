import { type Agent, AgentDocument, agentKey } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';

/** Where the broker reads agents. */
export type AgentReplicas = Pick<Bus, 'documents'>;

export const publishAgent = (bus: AgentReplicas, tenantId: string, agentSetId: string, agent: Agent): Promise<void> =>
  bus.documents(AgentDocument).put(agentKey(tenantId, agentSetId, agent.agentId), agent);

export const withdrawAgent = (
  bus: AgentReplicas,
  tenantId: string,
  agentSetId: string,
  agentId: string,
): Promise<void> => bus.documents(AgentDocument).remove(agentKey(tenantId, agentSetId, agentId));
