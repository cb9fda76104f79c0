import { metrics } from '@opentelemetry/api';
import { type Log, sparingly } from '@vox/shared/telemetry';
import type { Clock } from '@vox/shared/time';
import type { OnDegraded } from './degrading.ts';

const degradations = metrics.getMeter('vox.edge').createCounter('vox.edge.degraded', {
  description: 'Requests that were counted in one copy alone, because Redis did not answer',
});
const quietMs = 10_000;

/** Counts each degraded request, and says so in the log at most once in ten seconds. */
export function alarm(log: Log, clock: Clock): OnDegraded {
  const say = sparingly(quietMs, clock, (error, unsaid) =>
    log.warn({ error, unsaid }, 'limits are counted in this copy alone, for Redis does not answer'),
  );
  return (error) => {
    degradations.add(1);
    say(error);
  };
}
