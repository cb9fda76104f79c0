import './call-instruments.ts';
import './edge-instruments.ts';
import './privacy-instruments.ts';
import './bus-instruments.ts';
import './identity-instruments.ts';
import { egressFailures, egressRefusals } from '@vox/contracts';
import { counter, gauge, histogram } from './instrument.ts';
import { everyService } from './label-values.ts';
import { oneOf } from './labels.ts';

/**
 * All instruments are named here or in a file beside this one. docs/metrics.md is made from them, and a test finds each
 * of them on the services that show it.
 */
export const dependencyUp = gauge({
  name: 'vox.dependency.up',
  unit: '{dependency}',
  about: '1 while a dependency answers, 0 while it does not.',
  labels: {
    dependency: oneOf(
      ['nats', 'bus', 'mongodb', 'redis', 'kms'],
      'nats, bus (what `vox bus apply` makes there), mongodb, redis, kms (AWS KMS or Vault, where one holds the master key)',
    ),
  },
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
  labels: { percentile: oneOf(['50', '99', '100'], '50, 99, 100 (the longest)') },
  in: everyService,
});

export const egressPurposes = ['tools', 'webhooks', 'single-sign-on', 'bot-verifiers'] as const;
export type EgressPurpose = (typeof egressPurposes)[number];

const purpose = oneOf(egressPurposes);

/** What is measured of requests to hosts that strangers name. */
export const egressRequests = counter({
  name: 'vox.egress.requests',
  unit: '{request}',
  about: 'Requests to hosts that strangers name, and what came of them.',
  labels: {
    purpose,
    outcome: oneOf(
      ['answered', ...egressRefusals, ...egressFailures, 'aborted'],
      `answered, whatever the status; refused for ${egressRefusals.join(', ')}; failed for ${egressFailures.join(', ')}; aborted by whoever asked: docs/egress.md says what each means`,
    ),
  },
  in: ['auth', 'edge-guard', 'session-broker'],
});

export const egressDuration = histogram({
  name: 'vox.egress.duration',
  unit: 's',
  about: 'How long a request to a host that a stranger names took, for whatever came of it.',
  labels: { purpose },
  // No call needs one.
  in: [],
});
