import * as session from '../calls/session.ts';
import { KeyAging } from '../identity/key-ages.ts';
import type { FactKind } from '../kinds/fact.ts';
import type { ServiceName } from '../kinds/names.ts';
import * as privacy from '../privacy/request-facts.ts';
import * as security from '../security/security.ts';
import * as logins from '../sign-in/login-facts.ts';
import * as identity from '../tenants/identity.ts';
import * as transcript from '../transcripts/transcript.ts';
import * as usage from '../usage/usage.ts';
import { CallStream, LedgerStream, PrivacyStream, TrustStream } from './streams.ts';

const day = 86_400;

/** One durable consumer: its service, the kinds of one stream that it hears, and its patience. */
export type Consumer<K extends FactKind = FactKind> = Readonly<{
  name: string;
  service: string;
  stream: string;
  kinds: readonly K[];
  /**
   * A handler that is silent for this long counts as dead, and its message goes to another copy. Shorter than a
   * request's deadline.
   */
  ackWaitMs: number;
  /** After this many deliveries the message becomes a dead letter. */
  maxDeliveries: number;
  /**
   * Longest pause before a message comes again. Short where a visitor waits: after an outage nobody should wait for old
   * requests.
   */
  backOffMaxMs: number;
  /** Messages that one copy handles at once. */
  concurrency: number;
  /**
   * How far back the consumer hears when it is made anew after somebody deleted it: no further than its service
   * remembers its decisions, or old requests would be decided twice. Without it, the consumer hears everything that the
   * stream keeps.
   */
  replayMaxMs?: number | undefined;
}>;

/** The one stream that holds all of these kinds. Throws RangeError when there is none: a consumer hears one stream. */
function streamOf(kinds: readonly FactKind[]): string {
  const [stream, ...others] = new Set(kinds.map((kind) => kind.stream));
  if (stream === undefined || others.length > 0) throw new RangeError('a consumer hears kinds of one stream');
  return stream;
}

const consumer = <K extends FactKind>(
  service: ServiceName,
  name: string,
  kinds: readonly K[],
  over: Partial<Consumer<K>> = {},
): Consumer<K> => ({
  name: `${service}-${name}`,
  service,
  stream: streamOf(kinds),
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

/** What was delivered is remembered for longer than that, so that a webhook is not sent twice. */
const lately = { replayMaxMs: 2 * day * 1_000 };

export const consumers = {
  authKeyUse: consumer('auth', 'key-use', [session.SessionGranted]),
  authRefusals: consumer('auth', 'refusals', [security.RequestRefused]),
  authWebhookCalls: consumer(
    'auth',
    'webhook-calls',
    [session.SessionGranted, session.SessionDenied, session.SessionEnded, usage.QuotaThreshold, usage.QuotaExceeded],
    lately,
  ),
  authWebhookPrivacy: consumer(
    'auth',
    'webhook-privacy',
    [privacy.PrivacyRequestDueSoon, privacy.PrivacyRequestOverdue],
    lately,
  ),
  authWebhookTrust: consumer('auth', 'webhook-trust', [KeyAging], lately),
  quotaRequests: consumer('quota', 'requests', [session.SessionRequested], {
    ...whileVisitorWaits,
    ...recent,
  }),
  quotaDenials: consumer('quota', 'denials', [session.SessionDenied], recent),
  quotaEnds: consumer('quota', 'ends', [session.SessionEnded], recent),
  quotaReports: consumer('quota', 'reports', [usage.UsageReported], recent),
  quotaMeter: consumer('quota', 'meter', [usage.UsageMetered], recent),
  brokerAdmissions: consumer('session-broker', 'admissions', [session.SessionAdmitted], {
    ...whileVisitorWaits,
    ...recent,
  }),
  brokerExceeded: consumer('session-broker', 'exceeded', [usage.QuotaExceeded], recent),
  brokerReports: consumer('session-broker', 'reports', [usage.UsageReported], recent),
  brokerDoubts: consumer('session-broker', 'doubts', [security.ReportDoubted], recent),
  brokerRevocations: consumer('session-broker', 'revocations', [identity.KeyRevoked], many),
  brokerLogins: consumer('session-broker', 'logins', [logins.LoginEnded], many),
  brokerSuspensions: consumer('session-broker', 'suspensions', [identity.TenantSuspended], many),
  brokerKillSwitches: consumer('session-broker', 'kill-switches', [identity.KillSwitchEngaged], many),
  complianceCalls: consumer('compliance', 'calls', [session.SessionGranted, session.SessionEnded]),
  complianceBills: consumer('compliance', 'bills', [usage.QuotaSettled, usage.QuotaAdjusted]),
  complianceSecurity: consumer('compliance', 'security', [security.RequestRefused, security.BotFlagged]),
  // Both remember what they counted for longer than that.
  complianceAlarms: consumer(
    'compliance',
    'alarms',
    [security.RequestRefused, security.BotFlagged, security.Acted],
    lately,
  ),
  complianceDoubts: consumer('compliance', 'doubts', [security.ReportDoubted], lately),
  // An utterance may arrive before its call is known. By then the grant is on its way, so it is a matter of moments.
  complianceTranscripts: consumer(
    'compliance',
    'transcripts',
    [transcript.TranscriptAppended, transcript.TranscriptCompleted],
    { maxDeliveries: 200, backOffMaxMs: 30_000 },
  ),
  auditCalls: consumer<FactKind>('compliance', 'audit-calls', CallStream.kinds),
  auditPrivacy: consumer<FactKind>('compliance', 'audit-privacy', PrivacyStream.kinds),
  auditLedger: consumer<FactKind>('compliance', 'audit-ledger', LedgerStream.kinds),
  auditTrust: consumer<FactKind>('compliance', 'audit-trust', TrustStream.kinds),
} as const;
