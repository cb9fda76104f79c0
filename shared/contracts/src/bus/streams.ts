import { z } from 'zod';
import type { FactKind } from '../kinds/fact.ts';
import type { StreamName } from '../kinds/names.ts';
import { factsIn } from './facts.ts';

const day = 86_400;

/** One JetStream stream: the kinds that it holds, and for how long. */
export type Stream<K extends FactKind = FactKind> = Readonly<{
  name: StreamName;
  kinds: readonly K[];
  maxAgeSeconds: number;
  maxBytes: number;
  /** The stream holds what was said. Only its consumer reads it, and its dead letters carry no byte of a message. */
  confidential?: true;
}>;

export const CallStream = {
  name: 'VOX_CALLS',
  kinds: factsIn('VOX_CALLS'),
  maxAgeSeconds: 7 * day,
  maxBytes: 8 * 1024 ** 3,
} as const satisfies Stream;

export const TrustStream = {
  name: 'VOX_TRUST',
  kinds: factsIn('VOX_TRUST'),
  maxAgeSeconds: 30 * day,
  maxBytes: 2 * 1024 ** 3,
} as const satisfies Stream;

/** What was done with personal data, without any of it: ids, counts, reasons. */
export const PrivacyStream = {
  name: 'VOX_PRIVACY',
  kinds: factsIn('VOX_PRIVACY'),
  maxAgeSeconds: 30 * day,
  maxBytes: 1024 ** 3,
} as const satisfies Stream;

/** What was said, until compliance keeps it. No other stream holds any of it. */
export const TranscriptStream = {
  name: 'VOX_TRANSCRIPTS',
  kinds: factsIn('VOX_TRANSCRIPTS'),
  maxAgeSeconds: 7 * day,
  maxBytes: 8 * 1024 ** 3,
  confidential: true,
} as const satisfies Stream;

/** Who was erased, by ids that lead back to nobody. Kept for longer than any backup that could bring a person back. */
export const LedgerStream = {
  name: 'VOX_LEDGER',
  kinds: factsIn('VOX_LEDGER'),
  maxAgeSeconds: 3_650 * day,
  maxBytes: 1024 ** 3,
} as const satisfies Stream;

export const streams = [CallStream, TrustStream, PrivacyStream, TranscriptStream, LedgerStream] as const;
/** Streams that an operator may read: all but those that hold what was said. */
export const openStreams: readonly Stream[] = streams.filter((stream: Stream) => stream.confidential !== true);
export const factKinds: readonly FactKind[] = streams.flatMap((stream): readonly FactKind[] => stream.kinds);

/** Messages that no handler could take, each with its cause. The worker writes them before it gives a message up. */
export const DeadLetterStream = {
  name: 'VOX_DEAD',
  subjectFilter: 'vox.dead.>',
  maxAgeSeconds: 30 * day,
  maxBytes: 1024 ** 3,
} as const;

export const DeadLetter = z.object({
  consumer: z.string(),
  stream: z.string(),
  sequence: z.number().int(),
  subjectName: z.string(),
  cause: z.string().max(2000).describe('names fields, never repeats values'),
  deliveries: z.number().int(),
  at: z.iso.datetime(),
  sizeBytes: z.number().int().describe('of the whole message'),
  bytes: z
    .base64()
    .describe(
      'the message as it came, of a long one the first half MiB; the stream keeps it whole until it is too old',
    ),
});
export type DeadLetter = z.infer<typeof DeadLetter>;

export const deadLetterSubjectName = (consumer: string): string => `vox.dead.${consumer}`;
