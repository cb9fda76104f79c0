import { Agent, PutAgent, ShowAgent } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { Fault, issuesOf } from '@vox/platform/fault';
import { type KeepAgentDependencies, keepAgent } from '../command/keep-agent.ts';
import { type ShowAgentDependencies, showAgent } from '../command/show-agent.ts';

export type AgentResponderDependencies = KeepAgentDependencies &
  ShowAgentDependencies &
  Readonly<{ bus: Pick<Bus, 'answer'> }>;

export const agentResponders = async (dependencies: AgentResponderDependencies): Promise<Consumption[]> => [
  await dependencies.bus.answer(PutAgent, async ({ tenantId, agentSetId, agent }) => {
    const read = Agent.safeParse(agent);
    if (!read.success) throw new Fault('INVALID_REQUEST', { issues: issuesOf(read.error) });
    await keepAgent(dependencies, tenantId, agentSetId, read.data);
    return { agentId: read.data.agentId };
  }),
  await dependencies.bus.answer(ShowAgent, async (asked) => ({ agent: await showAgent(dependencies, asked) })),
];
