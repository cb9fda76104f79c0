import { randomUUID } from 'node:crypto';
import { toolMsOf } from '@vox/contracts';
import type { SealKey, SealKeys } from '@vox/platform/crypto';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import { answerAgain } from '../decide/answer-again.ts';
import type { RunTool, ToolCall, ToolOutcome } from '../decide/outcome.ts';
import type { ToolUse } from '../decide/uses.ts';
import { markOf, unsealAnswer, useIdOf } from '../keep/answers.ts';
import { type BeginUseDependencies, beginUse, releaseUse, type UseAt } from './begin-use.ts';
import type { CheckArguments } from './check-arguments.ts';
import { type FindToolDependencies, type FoundTool, findTool } from './find-tool.ts';
import { type FinishUseDependencies, finishUse } from './finish-use.ts';
import { type MakeReadyDependencies, makeReady } from './make-ready.ts';
import { observed } from './observe-use.ts';
import { type SendUseDependencies, sendUse } from './send-use.ts';
import { type WatchEndDependencies, watchEnd } from './watch-end.ts';

export type RunToolDependencies = FindToolDependencies &
  BeginUseDependencies &
  FinishUseDependencies &
  MakeReadyDependencies &
  SendUseDependencies &
  WatchEndDependencies &
  Readonly<{
    checkArguments: CheckArguments;
    /** What answers are sealed under. */
    sealKey: SealKeys;
    /** What marks of arguments are made with. It stays the same while seal keys are rotated. */
    markKey: SealKey;
    clock: Clock;
    log: Log;
  }>;

/** Left for what stands around the call itself: secrets, budget, redaction. */
const aroundMs = 5_000;

/**
 * Runs tools. A use is claimed before anything of it is done and never begun again, so each runs at most once, whatever
 * comes twice and whoever dies; what nothing has left of is given back. It never throws.
 */
export const toolRunner =
  (dependencies: RunToolDependencies): RunTool =>
  (call) =>
    observed(dependencies, call, () => run(dependencies, call));

async function run(dependencies: RunToolDependencies, call: ToolCall): Promise<ToolOutcome> {
  const found = await findTool(dependencies, call);
  if (found.kind === 'refused') return found;
  const { tool, session } = found;
  const unfit = dependencies.checkArguments(tool, call.args);
  if (unfit !== undefined) return unfit;
  // A page that names no id asks for a use of its own each time.
  const callId = call.callId ?? randomUUID();
  const nowMs = dependencies.clock.now().getTime();
  const at = newUse(dependencies, found, { ...call, callId }, nowMs);
  const began = await beginUse(dependencies, at, session, tool);
  if (began.kind === 'refused') return began;
  if (began.kind === 'known')
    return answerAgain({ use: began.use, mark: at.use.mark, nowMs }, (sealed) =>
      unsealAnswer(dependencies.sealKey, at.useId, sealed),
    );
  return runBegun(dependencies, at, found, { ...call, callId });
}

type Identified = ToolCall & Readonly<{ callId: string }>;

function newUse({ markKey }: RunToolDependencies, { tool }: FoundTool, call: Identified, begunAtMs: number): UseAt {
  const { sessionId } = call.session;
  const { kind, name, costMicros } = tool;
  const use: ToolUse = {
    ...{ name, kind, via: call.via, begunAtMs },
    mark: markOf(markKey, name, call.args),
    by: randomUUID(),
    overByMs: begunAtMs + toolMsOf(tool) + aroundMs,
    ...(costMicros !== undefined && { costMicros }),
  };
  return { sessionId, useId: useIdOf(sessionId, call.callId), use };
}

async function runBegun(
  dependencies: RunToolDependencies,
  at: UseAt,
  found: FoundTool,
  call: Identified,
): Promise<ToolOutcome> {
  const ready = await makeReady(dependencies, at, found, call).catch(async (error: unknown) => {
    await releaseUse(dependencies, at, found.session);
    throw error;
  });
  if (ready.kind === 'refused') {
    if (ready.code !== 'TOOL_REFUSED') await releaseUse(dependencies, at, found.session);
    else await finishUse(dependencies, at, found.session, { answered: { ...ready, bytesIn: 0 }, outcome: ready });
    return ready;
  }
  const { sessionId } = at;
  const end = watchEnd(dependencies, sessionId, call.signal);
  const sent = await sendUse(dependencies, ready, { ...found, sessionId, signal: end.signal }).finally(end.stop);
  await finishUse(dependencies, at, found.session, { ready, ...sent });
  return sent.outcome;
}
