import { DeadLetterStream, questions, streams } from '@vox/contracts';
import { counter, gauge, histogram } from './instrument.ts';
import { consumer, everyService, hearing } from './label-values.ts';
import { oneOf } from './labels.ts';

const outcome = oneOf(['ack', 'retry', 'wait', 'reject'], 'ack, retry, wait (a dependency is down), reject');
const stream = oneOf([...streams, DeadLetterStream].map(({ name }) => name));
/** The edge answers when a person is exported or erased, and not in a call. */
const answering = [...new Set(questions.map(({ service }) => service))].filter((service) => service !== 'edge-guard');

/** What is measured of facts, questions and streams. */
export const deliveries = counter({
  name: 'vox.bus.deliveries',
  unit: '{message}',
  about: 'Messages handled.',
  labels: { consumer, outcome },
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

export const oldestAge = gauge({
  name: 'vox.bus.oldest_age',
  unit: 's',
  about:
    'For how long the oldest message that a consumer has not finished has been stored, as far as this copy knows: the age of the oldest that it was given; of those given to nobody, at least for how long there were any.',
  labels: { consumer },
  in: hearing,
});

export const handling = histogram({
  name: 'vox.bus.handle.duration',
  unit: 's',
  about: 'Time in the handler of a message.',
  labels: { consumer, outcome },
  in: hearing,
});

export const answeringTime = histogram({
  name: 'vox.question.duration',
  unit: 's',
  about: 'From the arrival of a question to its answer.',
  labels: {
    question: oneOf(
      questions.map(({ service, name }) => `${service}.${name}`),
      'what was asked',
    ),
  },
  in: answering,
});

export const streamSize = gauge({
  name: 'vox.stream.size',
  unit: 'By',
  about: 'What a stream holds.',
  labels: { stream },
  in: everyService,
});

export const streamLimit = gauge({
  name: 'vox.stream.limit',
  unit: 'By',
  about: 'What a stream may hold. A full stream refuses.',
  labels: { stream },
  in: everyService,
});
