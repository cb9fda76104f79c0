import type { RunnableTool } from '@vox/contracts';
import type { LiveSession } from '../../calls/mod.ts';
import { givenBack, type MinuteLimits, take, toolScope } from '../decide/minutes.ts';
import type { ToolRefusal } from '../decide/outcome.ts';
import { type BeganUse, begin, released, type SessionLimits, type ToolUse } from '../decide/uses.ts';
import type { ToolMinuteDocuments } from '../keep/tool-minutes.ts';
import type { ToolUses } from '../keep/tool-uses.ts';

/** How often tools may be used, whatever their descriptors say. */
export type ToolBounds = Readonly<{ perSession: number; perMinute: number }>;

export type CountInMinuteDependencies = Readonly<{
  toolMinutes: Pick<ToolMinuteDocuments, 'update'>;
  toolBounds: ToolBounds;
}>;
export type BeginUseDependencies = CountInMinuteDependencies & Readonly<{ toolUses: Pick<ToolUses, 'update'> }>;

/** A use that is about to begin. `sessionId` and `useId` name it; `use.by` says who begins it. */
export type UseAt = Readonly<{ sessionId: string; useId: string; use: ToolUse }>;

/**
 * Claims a use in its call and counts it in its tenant's minute, before anything of it is done. The stores decide, so
 * that both hold over all copies. Throws Fault UNAVAILABLE when they do not answer.
 */
export async function beginUse(
  dependencies: BeginUseDependencies,
  { sessionId, useId, use }: UseAt,
  { tenantId, agentId, endsAtMs }: LiveSession,
  tool: RunnableTool,
): Promise<BeganUse | ToolRefusal> {
  const { toolUses, toolBounds } = dependencies;
  const { perSession } = toolBounds;
  const limits: SessionLimits = { perSession, ofToolPerSession: tool.limits?.callsPerSession ?? perSession };
  const began = await toolUses.update(sessionId, (known) => begin(known, { useId, use, limits, tenantId, endsAtMs }));
  if (began.kind === 'full') return { kind: 'refused', code: 'RATE_LIMITED', reason: 'session-limit' };
  if (began.kind === 'known') return began;
  const counted = { tenantId, agentId, name: tool.name, nowMs: use.begunAtMs };
  const full = await countInMinute(dependencies, counted, tool).catch(async (error: unknown) => {
    await unclaim(dependencies, { sessionId, useId, use });
    throw error;
  });
  if (full === undefined) return began;
  await unclaim(dependencies, { sessionId, useId, use });
  return full;
}

/** What is counted in the minute of a tenant: a use of a tool of an agent, at a moment. */
type Counted = Readonly<{ tenantId: string; agentId: string; name: string; nowMs: number }>;

/** Counts a use, or a try, in its tenant's minute: the hosts of tools hear no more of both together. */
export async function countInMinute(
  { toolMinutes, toolBounds: { perMinute } }: CountInMinuteDependencies,
  { tenantId, agentId, name, nowMs }: Counted,
  { limits: own }: Pick<RunnableTool, 'limits'>,
): Promise<ToolRefusal | undefined> {
  const limits: MinuteLimits = { perMinute, ofToolPerMinute: own?.callsPerMinute ?? perMinute };
  const scope = toolScope(agentId, name);
  const taken = await toolMinutes.update(tenantId, (known) => take(known, { scope, limits, nowMs }));
  if (taken.kind === 'taken') return undefined;
  const { reason, retryAfterSeconds } = taken;
  return { kind: 'refused', code: 'RATE_LIMITED', reason, retryAfterSeconds };
}

/** Gives back what was counted. What cannot be given back is past by itself soon. */
export const uncountInMinute = (
  { toolMinutes }: Pick<CountInMinuteDependencies, 'toolMinutes'>,
  { tenantId, agentId, name, nowMs }: Counted,
): Promise<void> =>
  toolMinutes
    .update(tenantId, (known) =>
      known === undefined
        ? { result: undefined }
        : { result: undefined, state: givenBack(known, toolScope(agentId, name), nowMs) },
    )
    .catch(() => undefined);

/**
 * Gives a use back of which nothing has left this process: the same may come again, and it counts nothing. Its minute
 * comes last, for what cannot be given back of it is past by itself soon.
 */
export async function releaseUse(
  dependencies: Pick<BeginUseDependencies, 'toolUses' | 'toolMinutes'>,
  at: UseAt,
  { tenantId, agentId }: Pick<LiveSession, 'tenantId' | 'agentId'>,
): Promise<void> {
  await unclaim(dependencies, at);
  const { name, begunAtMs: nowMs } = at.use;
  await uncountInMinute(dependencies, { tenantId, agentId, name, nowMs });
}

const unclaim = (
  { toolUses }: Pick<BeginUseDependencies, 'toolUses'>,
  { sessionId, useId, use }: UseAt,
): Promise<void> =>
  toolUses.update(sessionId, (known) => {
    const state = known && released(known, useId, use.by);
    return state === undefined || state === known ? { result: undefined } : { result: undefined, state };
  });
