import { metrics } from '@opentelemetry/api';

const decisions = metrics.getMeter('vox').createCounter('vox.decisions', {
  description: 'What was decided of requests and calls, by service, decision and reason',
});

/** Counts a decision. A reason is one of a closed list: never a tenant, a person or a text. */
export const countDecision = (
  service: string,
  decision: 'admitted' | 'granted' | 'denied' | 'ended' | 'refused',
  reason = '',
): void => decisions.add(1, { service, decision, reason });
