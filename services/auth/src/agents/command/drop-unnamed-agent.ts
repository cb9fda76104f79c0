import { type KeptAgent, namedAgent } from '../decide.ts';
import type { Agents } from '../keep/agents.ts';

export type DropUnnamedAgentDependencies = Readonly<{
  agents: Pick<Agents, 'update'>;
  /** Whether some copy may still go by a policy of the tenant that names this set. */
  isNamed: (tenantId: string, agentSetId: string) => Promise<boolean>;
}>;

/** Removes an agent that was sent and that no policy names. One that a policy names stays and is looked at later. */
export const dropUnnamedAgent = (
  { agents, isNamed }: DropUnnamedAgentDependencies,
  key: string,
  { tenantId, agentSetId }: KeptAgent,
  nowMs: number,
): Promise<void> =>
  agents.update(key, async (now) =>
    (await isNamed(tenantId, agentSetId)) && now !== undefined
      ? { result: undefined, state: namedAgent(now, nowMs) }
      : { result: undefined, remove: true },
  );
