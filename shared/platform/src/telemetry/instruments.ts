import './call-instruments.ts';
import './edge-instruments.ts';
import './privacy-instruments.ts';
import './bus-instruments.ts';
import './identity-instruments.ts';
import { gauge } from './instrument.ts';
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
