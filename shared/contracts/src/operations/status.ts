import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { Copy, ofEvery } from './copies.ts';

/** How far one consumer is. What was not answered in time, or cannot be known, is null. */
export const ConsumerProgress = z.object({
  consumer: z.string().max(100),
  waiting: z.number().int().nonnegative().nullable().describe('messages that were not delivered yet'),
  inWork: z.number().int().nonnegative().nullable().describe('messages that were delivered and are not done'),
  redelivered: z.number().int().nonnegative().nullable().describe('of those, how many were delivered more than once'),
  oldestSeconds: z
    .number()
    .nonnegative()
    .nullable()
    .describe('for how long the oldest that is not done has been stored, as far as the copy knows'),
});
export type ConsumerProgress = z.infer<typeof ConsumerProgress>;

/** One copy of a service, as it measures itself. */
export const CopyStatus = Copy.extend({
  dependencies: z.array(z.object({ dependency: z.string().max(40), isUp: z.boolean() })),
  breakers: z
    .array(
      z.object({
        breaker: z.string().max(100).describe('a provider by its id, or redis'),
        isOpen: z.boolean().describe('nobody waits for it, because it failed too often'),
      }),
    )
    .describe('of providers and of Redis; hosts that tenants name are theirs, and are not told'),
  consumers: z.array(ConsumerProgress).describe('those that this copy works for'),
});
export type CopyStatus = z.infer<typeof CopyStatus>;

/** Every copy answers for itself. A service reads nothing for it that it does not read anyway. */
export const ShowStatus = ofEvery((service) =>
  question(
    service,
    'status-show',
    'What this copy is and how it is: its dependencies, its breakers, and how far its consumers are.',
    z.strictObject({}),
    CopyStatus,
    { action: 'platform.read', everyCopy: true },
  ),
);
