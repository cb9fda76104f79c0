import type { ToolCostAnswer } from '@vox/contracts';
import type { ToolCall, ToolRefusal } from '../decide/outcome.ts';
import type { HoldCost } from '../publish/hold-cost.ts';
import type { UseAt } from './begin-use.ts';
import { type FindToolDependencies, type FoundTool, goesOn } from './find-tool.ts';
import { type Preparations, prepare, type Ready } from './prepare.ts';

export type MakeReadyDependencies = Pick<FindToolDependencies, 'sessions' | 'clock'> &
  Readonly<{ preparations: Preparations; holdCost: HoldCost }>;

const ended: ToolRefusal = { kind: 'refused', code: 'SESSION_ENDED' };

/**
 * Makes all ready that a use needs before it is sent: what it asks with, a call that still goes on, and a budget that
 * holds what it costs. Throws Fault UNAVAILABLE when what it asks does not answer.
 */
export async function makeReady(
  dependencies: MakeReadyDependencies,
  { sessionId, useId }: UseAt,
  { tool, session }: FoundTool,
  { args, callId, signal }: ToolCall & Readonly<{ callId: string }>,
): Promise<Ready | ToolRefusal> {
  const ready = await prepare(dependencies.preparations, { tool, args, session, sessionId, callId });
  if (signal?.aborted) return ended;
  if (ready.kind === 'refused') return ready;
  // Whoever hears the call has a signal of its end. Of others nobody says it: the store knows.
  if (signal === undefined && !goesOn(await dependencies.sessions.read(sessionId), dependencies.clock)) return ended;
  if (!tool.costMicros) return ready;
  const { tenantId } = session;
  const held = await dependencies.holdCost({ tenantId, sessionId, useId, micros: tool.costMicros });
  if (held.kind !== 'held') return notHeld(held);
  return signal?.aborted ? ended : ready;
}

const notHeld = (answer: Exclude<ToolCostAnswer, { kind: 'held' }>): ToolRefusal =>
  answer.kind === 'unknown'
    ? ended
    : { kind: 'refused', code: 'QUOTA_EXCEEDED', reason: 'budget', resetsAt: answer.resetsAt };
