import { ToolUsed } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { SealKeys } from '@vox/platform/crypto';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import type { LiveSession } from '../../calls/mod.ts';
import type { ToolOutcome, ToolRefusal } from '../decide/outcome.ts';
import { finished, told, type UseFigures } from '../decide/uses.ts';
import { sealAnswer } from '../keep/answers.ts';
import type { ToolUses } from '../keep/tool-uses.ts';
import { usedFact } from '../publish/used-fact.ts';
import type { UseAt } from './begin-use.ts';
import type { Answered, Ready } from './prepare.ts';

export type FinishUseDependencies = Readonly<{
  toolUses: Pick<ToolUses, 'update' | 'tryUpdate'>;
  bus: Pick<Bus, 'publish'>;
  sealKey: SealKeys;
  clock: Clock;
  log: Log;
}>;

type Finish = Readonly<{
  ready?: Ready | undefined;
  answered: Answered | (ToolRefusal & Readonly<{ bytesIn: number; status?: undefined }>);
  outcome: ToolOutcome;
}>;

/**
 * Writes down what became of a use, then publishes it. The answer is there already: what fails here is tried again by
 * the sweep, and whoever waits hears it all the same.
 */
export async function finishUse(
  dependencies: FinishUseDependencies,
  at: UseAt,
  { tenantId, traceparent }: Pick<LiveSession, 'tenantId' | 'traceparent'>,
  finish: Finish,
): Promise<void> {
  const { toolUses, bus, sealKey, clock, log } = dependencies;
  const { sessionId, useId, use } = at;
  const now = clock.now();
  const done = figuresOf(finish, now.getTime() - use.begunAtMs);
  try {
    const sealed = sealAnswer(sealKey, useId, finish.outcome);
    // A runner that was too slow finds what the sweep has said of its use, and says the same.
    const said = await toolUses.update<UseFigures | undefined>(sessionId, (known) => {
      const state = known && finished(known, useId, { done, sealed, nowMs: now.getTime() });
      const result = state?.uses[useId]?.done;
      return state === undefined || state === known ? { result } : { result, state };
    });
    const fact = { tenantId, sessionId, useId, use, done: said ?? done, traceparent, at: now };
    await bus.publish(ToolUsed, usedFact(fact));
    await toolUses.tryUpdate(sessionId, (known) => (known === undefined ? {} : { state: told(known, useId) }));
  } catch (error) {
    log.warn({ error }, 'the use of a tool will be written down later');
  }
}

/** What a use that is over was, in figures. */
export function figuresOf({ ready, answered, outcome }: Finish, ms: number): UseFigures {
  const { host, method, bytesOut = 0 } = ready ?? {};
  const { kind, bytesIn, status } = answered;
  return {
    ...{ outcome: outcome.kind === 'refused' && kind === 'answered' ? 'failed' : kind, host, method, status },
    ...(outcome.kind === 'refused' ? { ok: false, reason: outcome.reason } : { ok: outcome.ok }),
    ...{ ms: Math.max(0, ms), bytesOut: kind === 'refused' ? 0 : bytesOut, bytesIn },
  };
}
