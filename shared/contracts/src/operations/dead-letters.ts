import { z } from 'zod';
import { type ServiceName, serviceNames } from '../kinds/names.ts';
import { question } from '../kinds/question.ts';
import { acting, Reason } from '../values/acting.ts';

/** Where a dead letter stands in the stream of dead letters. */
export const LetterPlace = z.number().int().positive().describe('its place in the stream of dead letters');

/** Most letters of one question: each may take a handler as long as a message of the stream takes it. */
export const lettersMax = 20;

/**
 * How it went with a letter that was delivered again. `done`: the handler took the message. `again`: it could not just
 * now. `rejected`: it never will, as it is. `gone`: there is no such letter any more. `cut`: the letter carries the
 * message in part. `too-old`: the service has forgotten by now what it decided then, and would decide twice.
 * `not-heard`: this version of the service has no such consumer.
 */
export const LetterOutcome = z.enum(['done', 'again', 'rejected', 'gone', 'cut', 'too-old', 'not-heard']);
export type LetterOutcome = z.infer<typeof LetterOutcome>;

const Redelivered = z.object({
  outcome: LetterOutcome,
  cause: z.string().max(2_000).optional().describe('why it was rejected; names fields, never repeats values'),
});
export type Redelivered = z.infer<typeof Redelivered>;

const redeliver = (service: ServiceName) =>
  question(
    service,
    'redeliver',
    'Hands the message of a dead letter to its consumer once more. The service reads the letter itself.',
    z.strictObject({ letter: LetterPlace }),
    Redelivered,
  );

/** Asked by compliance, which alone may erase a letter. Its own it hears itself. */
export const Redeliver = {
  auth: redeliver('auth'),
  quota: redeliver('quota'),
  'session-broker': redeliver('session-broker'),
} as const;

const named = {
  letters: z.array(LetterPlace).min(1).max(lettersMax),
  ...acting,
  reason: Reason,
};

export const ReplayDeadLetters = question(
  'compliance',
  'dead-replay',
  'Has dead letters delivered once more to the consumers that gave them up, in the order given, and erases each that is done.',
  z.strictObject(named),
  z.object({ letters: z.array(Redelivered.extend({ letter: LetterPlace })) }),
  { action: 'platform.operate' },
);

export const DropDeadLetters = question(
  'compliance',
  'dead-drop',
  'Erases dead letters. Their messages are never delivered again.',
  z.strictObject(named),
  z.object({
    letters: z.array(z.object({ letter: LetterPlace, outcome: z.enum(['dropped', 'gone']) })),
  }),
  { action: 'platform.operate' },
);

/** A dead letter as it is listed: nothing of the message itself. */
export const DeadLetterView = z.object({
  letter: LetterPlace,
  at: z.iso.datetime().describe('when it was given up'),
  consumer: z.string().max(100),
  service: z.enum(serviceNames).nullable().describe('who hears for the consumer; null: no contract names it any more'),
  fact: z.string().max(100).describe('the kind of the fact'),
  tenantId: z.string().max(100).nullable(),
  deliveries: z.number().int().nonnegative().describe('how often it was tried'),
  cause: z.string().max(2_000).describe('why it was given up; names fields, never repeats values'),
  sizeBytes: z.number().int().nonnegative(),
});
export type DeadLetterView = z.infer<typeof DeadLetterView>;

const ConsumerName = z.string().regex(/^[a-z0-9-]{1,100}$/, 'must be the name of a consumer');

/** A letter may carry half a MiB, so a page is short. */
export const lettersPageMax = 50;

export const ListDeadLetters = question(
  'compliance',
  'dead-list',
  'Dead letters, the oldest first: what was given up, by which consumer and why, without the message.',
  z.strictObject({
    consumer: ConsumerName.optional(),
    after: LetterPlace.optional(),
    limit: z.number().int().min(1).max(lettersPageMax).default(25),
  }),
  z.object({ letters: z.array(DeadLetterView), next: LetterPlace.nullable() }),
  { action: 'platform.read' },
);

export const ShowDeadLetter = question(
  'compliance',
  'dead-show',
  'One dead letter, without the message.',
  z.strictObject({ letter: LetterPlace }),
  DeadLetterView.extend({ stream: z.string().max(100), sequence: z.number().int().nonnegative() }),
  { action: 'platform.read' },
);

export const LettersOfConsumer = z.object({
  consumer: z.string().max(100),
  letters: z.number().int().positive(),
});
export type LettersOfConsumer = z.infer<typeof LettersOfConsumer>;

export const CountDeadLetters = question(
  'compliance',
  'dead-count',
  'How many dead letters there are of each consumer that has any.',
  z.strictObject({}),
  z.object({ consumers: z.array(LettersOfConsumer) }),
  { action: 'platform.read' },
);
