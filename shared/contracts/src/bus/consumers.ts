import * as session from '../calls/session.ts';
import type { FactKind } from '../kinds/fact.ts';
import * as security from '../security/security.ts';
import * as identity from '../tenants/identity.ts';
import * as transcript from '../transcripts/transcript.ts';
import * as usage from '../usage/usage.ts';
import { CallStream, LedgerStream, PrivacyStream, type Stream, TranscriptStream, TrustStream } from './streams.ts';

const day = 86_400;

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
  replayMaxMs?: number | undefined;
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
const recent = { replayMaxMs: day * 1_000 };

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
  brokerReports: consumer('session-broker', 'reports', CallStream, [usage.UsageReported], recent),
  brokerDoubts: consumer('session-broker', 'doubts', CallStream, [security.ReportDoubted], recent),
  brokerRevocations: consumer('session-broker', 'revocations', TrustStream, [identity.KeyRevoked], many),
  brokerSuspensions: consumer('session-broker', 'suspensions', TrustStream, [identity.TenantSuspended], many),
  brokerKillSwitches: consumer('session-broker', 'kill-switches', TrustStream, [identity.KillSwitchEngaged], many),
  complianceCalls: consumer('compliance', 'calls', CallStream, [session.SessionGranted, session.SessionEnded]),
  complianceBills: consumer('compliance', 'bills', CallStream, [usage.QuotaSettled, usage.QuotaAdjusted]),
  complianceSecurity: consumer('compliance', 'security', TrustStream, [security.RequestRefused, security.BotFlagged]),
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
  auditLedger: consumer<FactKind>('compliance', 'audit-ledger', LedgerStream, LedgerStream.kinds),
  auditTrust: consumer<FactKind>('compliance', 'audit-trust', TrustStream, TrustStream.kinds),
} as const;
