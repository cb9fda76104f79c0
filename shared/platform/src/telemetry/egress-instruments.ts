import { counter, histogram } from './instrument.ts';
import { oneOf } from './labels.ts';

export const egressPurposes = ['tools', 'webhooks', 'single-sign-on', 'bot-verifiers'] as const;
export type EgressPurpose = (typeof egressPurposes)[number];

const purpose = oneOf(egressPurposes);
const refusals = ['url', 'scheme', 'credentials', 'port', 'host', 'address', 'request'];
const failures = [
  'busy',
  'broken',
  'unresolved',
  'connect',
  'proxy',
  'tls',
  'reset',
  'protocol',
  'encoding',
  'timeout',
];

/** What is measured of requests to hosts that strangers name. */
export const egressRequests = counter({
  name: 'vox.egress.requests',
  unit: '{request}',
  about: 'Requests to hosts that strangers name, and what came of them.',
  labels: {
    purpose,
    outcome: oneOf(
      ['answered', ...refusals, ...failures],
      `answered, whatever the status; refused for ${refusals.join(', ')}; failed for ${failures.join(', ')}: docs/egress.md says what each means`,
    ),
  },
  in: ['auth', 'edge-guard'],
});

export const egressDuration = histogram({
  name: 'vox.egress.duration',
  unit: 's',
  about: 'How long a request to a host that a stranger names took, for whatever came of it.',
  labels: { purpose },
  // No call needs one.
  in: [],
});
