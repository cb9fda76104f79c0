import { monitorEventLoopDelay } from 'node:perf_hooks';
import { loopDelay } from '../telemetry/mod.ts';

const nanos = 1_000_000_000;
const resolutionMs = 10;

/**
 * Shows for how long the event loop was held since the last scrape. Node measures it by itself. Answers how to stop.
 */
export function watchEventLoop(): () => void {
  const measured = monitorEventLoopDelay({ resolution: resolutionMs });
  measured.enable();
  // What is measured is how late a timer came that was due after the resolution; a loop that was never held has nothing
  // to show.
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
