import { z } from 'zod';
import * as consent from './consent.ts';
import type { FactKind } from './fact.ts';
import * as identity from './identity.ts';
import * as checkpoints from './privacy-audit.ts';
import * as keys from './privacy-keys.ts';
import * as privacyTranscript from './privacy-transcript.ts';
import * as security from './security.ts';
import * as session from './session.ts';
import * as transcript from './transcript.ts';
import * as usage from './usage.ts';

const day = 86_400;

/** One JetStream stream: the kinds it holds and how long. */
export type Stream<K extends FactKind = FactKind> = Readonly<{
  name: string;
  kinds: readonly K[];
  maxAgeSeconds: number;
  maxBytes: number;
  /** Holds what was said. Nobody but who consumes it reads it, and a dead letter of it carries no byte of the message. */
  confidential?: true;
}>;

export const CallStream = {
  name: 'VOX_CALLS',
  kinds: [
    session.SessionRequested,
    session.SessionAdmitted,
    session.SessionDenied,
    session.SessionGranted,
    session.SessionExpiring,
    session.SessionEnded,
    usage.UsageReported,
    usage.UsageMetered,
    usage.QuotaReserved,
    usage.QuotaSettled,
    usage.QuotaAdjusted,
    usage.QuotaThreshold,
    usage.QuotaExceeded,
  ],
  maxAgeSeconds: 7 * day,
  maxBytes: 8 * 1024 ** 3,
} as const satisfies Stream;

export const TrustStream = {
  name: 'VOX_TRUST',
  kinds: [
    identity.TenantCreated,
    identity.PolicyChanged,
    identity.TenantSuspended,
    identity.TenantResumed,
    identity.KeyCreated,
    identity.KeyRotated,
    identity.KeyRevoked,
    identity.KillSwitchEngaged,
    identity.KillSwitchReleased,
    identity.SigningKeyRotated,
    security.RequestRefused,
    security.BotFlagged,
    security.Acted,
  ],
  maxAgeSeconds: 30 * day,
  maxBytes: 2 * 1024 ** 3,
} as const satisfies Stream;

/** What was done with personal data, without any of it: ids, counts, reasons. */
export const PrivacyStream = {
  name: 'VOX_PRIVACY',
  kinds: [
    checkpoints.AuditCheckpointed,
    keys.MasterKeyRotated,
    consent.ConsentRecorded,
    privacyTranscript.TranscriptFinalised,
    privacyTranscript.SourceSlipped,
  ],
  maxAgeSeconds: 30 * day,
  maxBytes: 1024 ** 3,
} as const satisfies Stream;

/** What was said, until compliance keeps it: the only stream that holds any of it. */
export const TranscriptStream = {
  name: 'VOX_TRANSCRIPTS',
  kinds: [transcript.TranscriptAppended, transcript.TranscriptCompleted],
  maxAgeSeconds: 7 * day,
  maxBytes: 8 * 1024 ** 3,
  confidential: true,
} as const satisfies Stream;

export const streams = [CallStream, TrustStream, PrivacyStream, TranscriptStream] as const;
export const factKinds: readonly FactKind[] = streams.flatMap((stream): readonly FactKind[] => stream.kinds);

/** Messages that no handler could take, each with its cause. Written by the worker before it gives a message up. */
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

/** One durable consumer: whose it is, which kinds of one stream it hears, and how patient it is. */
export type Consumer<K extends FactKind = FactKind> = Readonly<{
  name: string;
  service: string;
  stream: string;
  kinds: readonly K[];
  /** A handler silent for this long is taken for dead, and the message goes to another copy. Shorter than a request’s deadline. */
  ackWaitMs: number;
  /** After so many deliveries the message becomes a dead letter. */
  maxDeliveries: number;
  /** Longest pause before a message comes again. Short where a visitor waits: after an outage nobody shall wait for old requests. */
  backOffMaxMs: number;
  /** Messages that one copy works on at once. */
  concurrency: number;
  /**
   * How far back it hears when it has to be made anew, because somebody deleted it: no further than its service remembers what it decided, or
   * old requests would be decided twice. Left out, it hears all that the stream keeps.
   */
  hearsBackMs?: number | undefined;
}>;

const consumer = <K extends FactKind>(
  service: string,
  name: string,
  stream: Stream,
  kinds: readonly K[],
  over: Partial<Consumer<K>> = {},
): Consumer<K> => ({
  name: `${service}-${name}`,
  service,
  stream: stream.name,
  kinds,
  ackWaitMs: 10_000,
  maxDeliveries: 20,
  backOffMaxMs: 60_000,
  concurrency: 64,
  ...over,
});

const whileVisitorWaits = { ackWaitMs: 1_500, backOffMaxMs: 2_000, concurrency: 256 };
/** One message may end thousands of calls. */
const many = { ackWaitMs: 30_000 };
/** Decisions are kept for two days. */
const recent = { hearsBackMs: day * 1_000 };

export const consumers = {
  quotaRequests: consumer('quota', 'requests', CallStream, [session.SessionRequested], {
    ...whileVisitorWaits,
    ...recent,
  }),
  quotaDenials: consumer('quota', 'denials', CallStream, [session.SessionDenied], recent),
  quotaEnds: consumer('quota', 'ends', CallStream, [session.SessionEnded], recent),
  quotaReports: consumer('quota', 'reports', CallStream, [usage.UsageReported], recent),
  quotaMeter: consumer('quota', 'meter', CallStream, [usage.UsageMetered], recent),
  brokerAdmissions: consumer('session-broker', 'admissions', CallStream, [session.SessionAdmitted], {
    ...whileVisitorWaits,
    ...recent,
  }),
  brokerExceeded: consumer('session-broker', 'exceeded', CallStream, [usage.QuotaExceeded], recent),
  brokerRevocations: consumer('session-broker', 'revocations', TrustStream, [identity.KeyRevoked], many),
  brokerSuspensions: consumer('session-broker', 'suspensions', TrustStream, [identity.TenantSuspended], many),
  brokerKillSwitches: consumer('session-broker', 'kill-switches', TrustStream, [identity.KillSwitchEngaged], many),
  complianceCalls: consumer('compliance', 'calls', CallStream, [session.SessionGranted, session.SessionEnded]),
  // What was said waits for the call to be heard of: by then the grant is on its way, so it is a matter of moments.
  complianceTranscripts: consumer(
    'compliance',
    'transcripts',
    TranscriptStream,
    [transcript.TranscriptAppended, transcript.TranscriptCompleted],
    { maxDeliveries: 200, backOffMaxMs: 30_000 },
  ),
  auditCalls: consumer<FactKind>('compliance', 'audit-calls', CallStream, CallStream.kinds),
  auditPrivacy: consumer<FactKind>('compliance', 'audit-privacy', PrivacyStream, PrivacyStream.kinds),
  auditTrust: consumer<FactKind>('compliance', 'audit-trust', TrustStream, TrustStream.kinds),
} as const;
