import type { Clock } from '@vox/platform/time';
import { type DropUnnamedAgentDependencies, dropUnnamedAgent } from '../command/drop-unnamed-agent.ts';
import type { Agents } from '../keep/agents.ts';

export type OnAgentsDueDependencies = Readonly<{ agents: Pick<Agents, 'due' | 'update'>; clock: Clock }> &
  Pick<DropUnnamedAgentDependencies, 'isNamed'>;

const page = 100;

/** Looks at the agents that are due, each by itself. */
export async function onAgentsDue(dependencies: OnAgentsDueDependencies): Promise<void> {
  const nowMs = dependencies.clock.now().getTime();
  for (const { key, state } of await dependencies.agents.due(nowMs, page))
    await dropUnnamedAgent(dependencies, key, state, nowMs);
}
