import { type FindToolDependencies, goesOn } from './find-tool.ts';

/** Does something again and again until what it answers is called. */
export type Repeat = (again: () => void) => () => void;

export type WatchEndDependencies = Pick<FindToolDependencies, 'sessions' | 'clock'> & Readonly<{ repeat?: Repeat }>;

/** The end of a call, for as long as a use of it is under way. */
export type WatchedEnd = Readonly<{ signal: AbortSignal; stop: () => void }>;

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
export function watchEnd(
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
