import type { Log } from '@vox/platform/telemetry';
import type { ToolOutcome } from '../decide/outcome.ts';
import { type FindToolDependencies, type FoundTool, goesOn } from './find-tool.ts';
import type { Answered, Ready } from './prepare.ts';
import { type ReadResultDependencies, readResult } from './read-result.ts';

/** Does something again and again until what it answers is called. */
export type Repeat = (again: () => void) => () => void;

type WatchEndDependencies = Pick<FindToolDependencies, 'sessions' | 'clock'> & Readonly<{ repeat?: Repeat }>;

export type SendUseDependencies = ReadResultDependencies & WatchEndDependencies & Readonly<{ log: Log }>;

type SentUse = Readonly<{ answered: Answered; outcome: ToolOutcome }>;

type Sending = Pick<FoundTool, 'tool' | 'policy'> & Readonly<{ sessionId: string; signal?: AbortSignal | undefined }>;

/**
 * Sends a use and reads what was answered. When its call ends meanwhile it is cut. It never throws: whatever breaks
 * from here on, the use may have been sent, so that it has failed and is over.
 */
export async function sendUse(
  dependencies: SendUseDependencies,
  ready: Ready,
  { tool, policy, sessionId, signal }: Sending,
): Promise<SentUse> {
  let answered: Answered = { kind: 'failed', reason: 'other', bytesIn: 0 };
  const end = watchEnd(dependencies, sessionId, signal);
  try {
    answered = await ready.send(end.signal);
    return { answered, outcome: await readResult(dependencies, answered, { tool, policy, sessionId, ready }) };
  } catch (error) {
    dependencies.log.warn({ error }, 'a tool was sent, and nobody knows what it answered');
    return { answered, outcome: { kind: 'refused', code: 'TOOL_FAILED', reason: 'other' } };
  } finally {
    end.stop();
  }
}

/** The end of a call, for as long as a use of it is under way. */
type WatchedEnd = Readonly<{ signal: AbortSignal; stop: () => void }>;

/** A use that is answered sooner asks nobody. */
const lookEveryMs = 400;
const inTime: Repeat = (again) => {
  const timer = setInterval(again, lookEveryMs);
  return () => clearInterval(timer);
};

/**
 * Aborts its signal once a call is over. `given` says so where this copy hears the call; any other copy may have ended
 * it, so the store is asked too. A store that does not answer ends nothing: the use has a deadline of its own.
 */
function watchEnd(
  { sessions, clock, repeat = inTime }: WatchEndDependencies,
  sessionId: string,
  given: AbortSignal | undefined,
): WatchedEnd {
  const over = new AbortController();
  const abort = (): void => over.abort();
  let isLooking = false;
  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    try {
      if (!goesOn(await sessions.read(sessionId), clock)) abort();
    } catch {
      // Looked at again.
    } finally {
      isLooking = false;
    }
  }
  const stopLooking = repeat(() => void look());
  given?.addEventListener('abort', abort, { once: true });
  if (given?.aborted) abort();
  return {
    signal: over.signal,
    stop() {
      stopLooking();
      given?.removeEventListener('abort', abort);
    },
  };
}
