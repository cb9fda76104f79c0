import { z } from 'zod';
import * as checkpoints from '../audit/checkpoint.ts';
import * as session from '../calls/session.ts';
import type { FactKind } from '../kinds/fact.ts';
import * as consent from '../privacy/consent.ts';
import * as keys from '../privacy/master-key.ts';
import * as requests from '../privacy/requests.ts';
import * as retention from '../privacy/retention.ts';
import * as privacyTranscript from '../privacy/transcript-facts.ts';
import * as security from '../security/security.ts';
import * as identity from '../tenants/identity.ts';
import * as transcript from '../transcripts/transcript.ts';
import * as usage from '../usage/usage.ts';

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
    security.ReportDoubted,
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
    retention.RetentionSwept,
    retention.HoldPlaced,
    retention.HoldReleased,
    requests.PrivacyRequestOpened,
    requests.PrivacyRequestBlocked,
    requests.PrivacyRequestDueSoon,
    requests.PrivacyRequestOverdue,
    requests.PrivacyRequestDone,
    requests.PrivacyRequestFoundNobody,
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

/** Who was erased, by ids that nothing leads back from: for longer than any backup that could bring them back. */
export const LedgerStream = {
  name: 'VOX_LEDGER',
  kinds: [requests.SubjectErased],
  maxAgeSeconds: 3_650 * day,
  maxBytes: 1024 ** 3,
} as const satisfies Stream;

export const streams = [CallStream, TrustStream, PrivacyStream, TranscriptStream, LedgerStream] as const;
/** Streams that whoever operates may look into: all but those that hold what was said. */
export const openStreams: readonly Stream[] = streams.filter((stream: Stream) => stream.confidential !== true);
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
