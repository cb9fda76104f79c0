import { consumers, questions } from '@vox/contracts';
import { counter, gauge, histogram } from './instrument.ts';

/**
 * All instruments. docs/metrics.md is made from this list, and a test finds each of them on the services that show it.
 */
const everyService = ['edge-guard', 'auth', 'quota', 'session-broker', 'compliance'];
const hearing = [...new Set(Object.values(consumers).map(({ service }) => service))];
/** The edge answers when a person is exported or erased, and not in a call. */
const answering = [...new Set(questions.map(({ service }) => service))].filter((service) => service !== 'edge-guard');
const consumer = 'the durable consumer';
const tenantClass =
  'how large the tenant is by the open calls it may have: small (to 10), medium (to 100), large, none';

export const decisionCount = counter({
  name: 'vox.decisions',
  unit: '{decision}',
  about: 'What was decided of requests and calls.',
  labels: {
    service: 'who decided',
    decision: 'admitted, granted, denied, ended, refused',
    reason: 'why not, or why it ended: a code of the contract, or nothing',
    tenant_class: tenantClass,
  },
  in: ['edge-guard', 'quota', 'session-broker'],
});

export const requestDuration = histogram({
  name: 'vox.session_request.duration',
  unit: 's',
  about: 'From the arrival of a session request at the door to its answer.',
  labels: { outcome: 'granted, or the code of the refusal' },
  in: ['edge-guard'],
});

export const degradations = counter({
  name: 'vox.edge.degraded',
  unit: '{request}',
  about: 'What this copy counted or marked alone because Redis did not do it.',
  labels: {},
  in: ['edge-guard'],
});

export const revocationDelay = histogram({
  name: 'vox.revocation.delay',
  unit: 's',
  about: 'From the moment at which a key, a login or a session was revoked to the one at which this copy knew.',
  labels: { what: 'widget-key, login, session' },
  in: ['edge-guard'],
});

export const budgetUse = histogram({
  name: 'vox.budget.use',
  unit: '1',
  about: 'Of the nearest cap of a tenant, what was settled and reserved when a request was decided.',
  labels: { period: 'day, month', tenant_class: tenantClass },
  in: ['quota'],
});

export const modelsEnding = gauge({
  name: 'vox.models.ending',
  unit: '{model}',
  about:
    'Models that agents of tenants may call with and that the provider shuts down within 60 days, or has shut down.',
  labels: {},
  in: ['quota'],
});

export const slotUse = histogram({
  name: 'vox.slots.use',
  unit: '1',
  about: 'Of the open calls that a tenant may have, what was taken when a request was decided.',
  labels: { tenant_class: tenantClass },
  in: ['session-broker'],
});

export const breakerOpen = gauge({
  name: 'vox.provider.breaker_open',
  unit: '{breaker}',
  about: '1 while nobody waits for a provider to begin a call, because it failed too often.',
  labels: { provider: 'the provider, by its id in the configuration' },
  in: ['session-broker'],
});

export const oldestOverdue = gauge({
  name: 'vox.retention.oldest_overdue',
  unit: 's',
  about:
    'For how long the oldest item that no hold keeps had been kept beyond its promise, at the end of the last sweep.',
  labels: { class: 'the class of retention' },
  in: ['compliance'],
});

export const deliveries = counter({
  name: 'vox.bus.deliveries',
  unit: '{message}',
  about: 'Messages handled.',
  labels: { consumer, outcome: 'ack, retry, wait (a dependency is down), reject' },
  in: hearing,
});

export const redeliveries = counter({
  name: 'vox.bus.redeliveries',
  unit: '{message}',
  about: 'Messages handled that had been delivered before.',
  labels: { consumer },
  in: hearing,
});

export const deadLetters = counter({
  name: 'vox.bus.dead_letters',
  unit: '{message}',
  about: 'Messages given up.',
  labels: { consumer },
  in: hearing,
});

export const lag = gauge({
  name: 'vox.bus.lag',
  unit: '{message}',
  about: 'Messages that a consumer has not finished, over all its copies.',
  labels: { consumer },
  in: hearing,
});

export const handling = histogram({
  name: 'vox.bus.handle.duration',
  unit: 's',
  about: 'Time in the handler of a message.',
  labels: { consumer, outcome: 'ack, retry, wait, reject' },
  in: hearing,
});

export const answeringTime = histogram({
  name: 'vox.question.duration',
  unit: 's',
  about: 'From the arrival of a question to its answer.',
  labels: { question: 'what was asked' },
  in: answering,
});

export const dependencyUp = gauge({
  name: 'vox.dependency.up',
  unit: '{dependency}',
  about: '1 while a dependency answers, 0 while it does not.',
  labels: { dependency: 'nats, bus (what `vox bus apply` makes there), mongodb, redis' },
  in: everyService,
});

export const clockOffset = gauge({
  name: 'vox.clock.offset',
  unit: 's',
  about: 'By how much the wall clock of this machine differs from the time that the copies agree on.',
  labels: {},
  in: everyService,
});

export const loopDelay = gauge({
  name: 'vox.event_loop.delay',
  unit: 's',
  about: 'For how long the event loop was held, since the last scrape.',
  labels: { percentile: '50, 99, 100 (the longest)' },
  in: everyService,
});
