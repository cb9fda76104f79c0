import type { Agent } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { type AgentSet, isUsable } from '../decide.ts';
import { type Agents, agentDocumentKey } from '../keep/agents.ts';

export type FindSentAgentsDependencies = Readonly<{ agents: Pick<Agents, 'read'>; clock: Clock }>;

/** The agents of a set that were sent one by one, in the order in which a draft names them. */
export async function findSentAgents(
  { agents, clock }: FindSentAgentsDependencies,
  tenantId: string,
  { agentSetId, agentIds }: AgentSet,
): Promise<Agent[]> {
  const nowMs = clock.now().getTime();
  const kept = await Promise.all(
    agentIds.map((agentId) => agents.read(agentDocumentKey(tenantId, agentSetId, agentId))),
  );
  const issues = kept.flatMap((each, n) =>
    isUsable(each, nowMs)
      ? []
      : [{ path: `agents.${n}`, message: 'was not sent under this set, or more than a day ago' }],
  );
  if (issues.length > 0) throw new Fault('INVALID_REQUEST', { issues });
  return kept.flatMap((each) => (each === undefined ? [] : [each.agent]));
}
