import { degradations, type Log } from '@vox/platform/telemetry';
import type { OnDegraded } from './breaker.ts';

/** Counts what one copy does alone, and says so in the log: at most once in ten seconds, and when it is over. */
export function alarm(log: Log): OnDegraded {
  degradations.add(0);
  return (error) => {
    degradations.add(1);
    log.warn({ dependency: 'redis', ...(error !== undefined && { error }) }, 'limits are counted in this copy alone');
  };
}
