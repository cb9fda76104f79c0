import { monitorEventLoopDelay } from 'node:perf_hooks';
import { loopDelay } from '../telemetry/mod.ts';

const nanos = 1_000_000_000;
const resolutionMs = 10;

/**
 * Shows the longest delay of the event loop since the last scrape, as Node measures it. Returns a function that stops
 * it.
 */
export function watchEventLoop(): () => void {
  const measured = monitorEventLoopDelay({ resolution: resolutionMs });
  measured.enable();
  // Node measures how late a timer fired that was due after the resolution. A loop that was never blocked shows
  // nothing.
  const late = (ns: number): number => (measured.count === 0 ? 0 : Math.max(0, ns / nanos - resolutionMs / 1_000));
  const unwatch = [
    loopDelay.watch({ percentile: '50' }, () => late(measured.percentile(50))),
    loopDelay.watch({ percentile: '99' }, () => late(measured.percentile(99))),
    loopDelay.watch({ percentile: '100' }, () => {
      const longest = late(measured.max);
      measured.reset();
      return longest;
    }),
  ];
  return () => {
    measured.disable();
    for (const each of unwatch) each();
  };
}
