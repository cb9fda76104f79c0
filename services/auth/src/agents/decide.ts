import type { Agent } from '@vox/contracts';

/** One version of a tenant's agents. Its id is never used again. */
export type AgentSet = Readonly<{ agentSetId: string; agentIds: string[] }>;

/** An agent as it is kept. All but `lookAtMs` stays as it was sent. */
export type KeptAgent = Readonly<{
  tenantId: string;
  agentSetId: string;
  agent: Agent;
  /** When to look whether a policy still names it. */
  lookAtMs: number;
}>;

const dayMs = 86_400_000;
/** An agent that no policy names is dropped so long after it was sent. */
const unnamedMs = dayMs;
/** An agent that a policy names should be dropped together with its set; it is looked at again nevertheless. */
const namedMs = 30 * dayMs;

export const newAgent = (tenantId: string, agentSetId: string, agent: Agent, nowMs: number): KeptAgent => ({
  tenantId,
  agentSetId,
  agent,
  lookAtMs: nowMs + unnamedMs,
});

export const namedAgent = (kept: KeptAgent, nowMs: number): KeptAgent => ({ ...kept, lookAtMs: nowMs + namedMs });

/** Whether a new policy may name the agent. One that is about to be dropped counts as dropped. */
export const isUsable = (kept: KeptAgent | undefined, nowMs: number): kept is KeptAgent =>
  kept !== undefined && kept.lookAtMs > nowMs;
