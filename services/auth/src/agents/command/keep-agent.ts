import { isDeepStrictEqual } from 'node:util';
import type { Agent } from '@vox/contracts';
import { invalidField } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { newAgent } from '../decide.ts';
import { type Agents, agentDocumentKey } from '../keep/agents.ts';

export type KeepAgentDependencies = Readonly<{ agents: Pick<Agents, 'decideOnce'>; clock: Clock }>;

/**
 * Keeps an agent under a set. The same agent again changes nothing. Another one of the same id is refused, for
 * whoever read the first relies on it.
 */
export async function keepAgent(
  { agents, clock }: KeepAgentDependencies,
  tenantId: string,
  agentSetId: string,
  agent: Agent,
): Promise<void> {
  const { state } = await agents.decideOnce(agentDocumentKey(tenantId, agentSetId, agent.agentId), {
    propose: () => newAgent(tenantId, agentSetId, agent, clock.now().getTime()),
  });
  if (!isDeepStrictEqual(state.agent, agent))
    throw invalidField('agentSetId', 'has another agent of this id already; begin a new set');
}
