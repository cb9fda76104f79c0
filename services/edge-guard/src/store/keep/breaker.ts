import { storeBreakerOpen } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';

/** Hears each time that a store did not answer and this process did its work alone. */
export type OnDegraded = (error: unknown) => void;
/** Asks the store, or does the work alone when it fails or is known to be down. */
export type OrAlone = <T>(ask: () => Promise<T>, alone: () => Promise<T>) => Promise<T>;

/**
 * After so many failures in a row the store is left alone, and one request after each pause asks whether it is back.
 */
const failuresToLeave = 3;
const pauseMs = 500;

/** Nobody waits for a store that is known to be down, however often a request asks it. */
export function breaker(clock: Pick<Clock, 'now'>, onDegraded: OnDegraded): OrAlone {
  let failures = 0;
  let askAgainAtMs = 0;
  storeBreakerOpen.watch({}, () => (failures >= failuresToLeave ? 1 : 0));
  return async (ask, alone) => {
    const nowMs = clock.now().getTime();
    if (failures >= failuresToLeave) {
      if (nowMs < askAgainAtMs) {
        onDegraded(undefined);
        return alone();
      }
      askAgainAtMs = nowMs + pauseMs;
    }
    try {
      const answer = await ask();
      failures = 0;
      return answer;
    } catch (error) {
      failures += 1;
      if (failures >= failuresToLeave) askAgainAtMs = clock.now().getTime() + pauseMs;
      onDegraded(error);
      return alone();
    }
  };
}
