import { RetentionClass } from '@vox/contracts';
import { gauge } from './instrument.ts';
import { oneOf } from './labels.ts';

const state = oneOf(['working', 'blocked'], 'working, blocked (a legal hold)');

/** What is measured of promises to persons. */
export const oldestOverdue = gauge({
  name: 'vox.retention.oldest_overdue',
  unit: 's',
  about:
    'For how long the oldest item that no hold keeps had been kept beyond its promise, at the end of the last sweep.',
  labels: { class: oneOf(RetentionClass.options) },
  in: ['compliance'],
});

export const privacyOpen = gauge({
  name: 'vox.privacy_requests.open',
  unit: '{request}',
  about: 'Persons’ requests that are not done, counted up to 1000.',
  labels: { state },
  in: ['compliance'],
});

export const privacyOverdue = gauge({
  name: 'vox.privacy_requests.overdue',
  unit: '{request}',
  about: 'Persons’ requests that are not done although the law’s term has passed, counted among the first 1000.',
  labels: { state },
  in: ['compliance'],
});
