import { z } from 'zod';
import { serviceNames } from '../kinds/names.ts';
import { question } from '../kinds/question.ts';
import { LettersOfConsumer } from './dead-letters.ts';
import { ToldFinding } from './findings.ts';
import { ConsumerProgress, CopyStatus } from './status.ts';

const service = z.enum(serviceNames);

/** How the installation is. Whoever did not answer in time is empty or null here, and nothing else is missing. */
export const PlatformStatus = z.object({
  at: z.iso.datetime(),
  services: z.array(
    z.object({
      service,
      copies: z.array(CopyStatus.omit({ consumers: true })).describe('those that answered; empty: none did'),
    }),
  ),
  versions: z.array(z.string().max(40)).describe('of the copies that answered, the oldest first'),
  upgradeNext: service.nullable().describe('while versions differ: which service to upgrade next'),
  consumers: z.array(
    ConsumerProgress.extend({
      service,
      isBehind: z.boolean().describe('it has so much before it that what it hears takes effect late'),
    }),
  ),
  deadLetters: z.array(LettersOfConsumer).nullable(),
  findings: z
    .array(ToldFinding)
    .nullable()
    .describe('what services know of themselves; `vox doctor` reads the servers'),
});
export type PlatformStatus = z.infer<typeof PlatformStatus>;

/** Answered by edge-guard at its door: it asks every service with the proof of whoever wants to know. */
export const ShowPlatform = question(
  'edge-guard',
  'platform-show',
  'Every service answers for itself. One that does not answer in time is shown without copies.',
  z.strictObject({}),
  PlatformStatus,
  { action: 'platform.read' },
);
