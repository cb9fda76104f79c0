import { ToolUsed } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { type Clock, inParallel } from '@vox/platform/time';
import { isPast } from '../decide/minutes.ts';
import {
  finished,
  interrupted,
  isForgotten,
  type SessionUses,
  told,
  untold,
  withoutOldAnswers,
} from '../decide/uses.ts';
import type { ToolMinuteDocuments } from '../keep/tool-minutes.ts';
import type { ToolUses } from '../keep/tool-uses.ts';
import { usedFact } from '../publish/used-fact.ts';

export type SweepUsesDependencies = Readonly<{
  toolUses: Pick<ToolUses, 'due' | 'update'>;
  toolMinutes: Pick<ToolMinuteDocuments, 'due' | 'update'>;
  bus: Pick<Bus, 'publish'>;
  clock: Clock;
}>;

const batchSize = 200;

/**
 * Tells what a crash left untold, drops answers that nobody will ask for again, and forgets the uses of calls that are
 * over. A use whose runner died is told as interrupted: it may have been sent, and nobody sends it again.
 */
export async function sweepUses(dependencies: SweepUsesDependencies): Promise<void> {
  const { toolUses, toolMinutes, clock } = dependencies;
  const now = clock.now();
  const nowMs = now.getTime();
  await inParallel(await toolUses.due(nowMs, batchSize), ({ key }) => attendUses(dependencies, key, now));
  await inParallel(await toolMinutes.due(nowMs, batchSize), ({ key }) =>
    toolMinutes.update(key, (known) =>
      known !== undefined && isPast(known, nowMs) ? { result: undefined, remove: true } : { result: undefined },
    ),
  );
}

async function attendUses({ toolUses, bus }: SweepUsesDependencies, sessionId: string, now: Date): Promise<void> {
  const nowMs = now.getTime();
  // What is published is what was written down before: a runner that was only slow finds its use over.
  const known = await toolUses.update<SessionUses | undefined>(sessionId, (before) => {
    if (before === undefined) return { result: undefined };
    const over = untold(before, nowMs).reduce((uses, useId) => {
      const use = uses.uses[useId];
      return use === undefined ? uses : finished(uses, useId, { done: interrupted(use), nowMs: use.overByMs });
    }, before);
    const state = withoutOldAnswers(over, nowMs);
    return { result: state, state };
  });
  if (known === undefined) return;
  const { tenantId } = known;
  const left = untold(known, nowMs);
  for (const useId of left) {
    const use = known.uses[useId];
    if (use?.done === undefined) continue;
    const at = new Date(use.doneAtMs ?? nowMs);
    await bus.publish(ToolUsed, usedFact({ tenantId, sessionId, useId, use, done: use.done, at }));
  }
  await toolUses.update(sessionId, (before) => {
    if (before === undefined) return { result: undefined };
    const state = left.reduce((uses, useId) => told(uses, useId), before);
    if (isForgotten(state, nowMs)) return { result: undefined, remove: true };
    return state === before ? { result: undefined } : { result: undefined, state };
  });
}
