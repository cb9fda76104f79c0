import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '@vox/platform/telemetry';

const firstPauseMs = 20;
const longestPauseMs = 2_000;

/**
 * Says something to the bus, again and again until it is said: what a call used and what was said in it comes from
 * nowhere else. It gives up when `signal` is aborted.
 */
export async function untilSaid(say: () => Promise<unknown>, log: Log, signal: AbortSignal): Promise<void> {
  for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(longestPauseMs, 2 * pauseMs)) {
    try {
      await say();
      return;
    } catch (error) {
      log.warn({ error }, 'what the provider told of a call is not published yet');
      await pause(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
