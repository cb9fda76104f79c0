import * as audit from '../audit/ask-audit.ts';
import * as checkpoints from '../audit/checkpoint.ts';
import * as broker from '../calls/ask-broker.ts';
import * as session from '../calls/session.ts';
import type { DocumentKind } from '../kinds/document.ts';
import type { FactKind } from '../kinds/fact.ts';
import type { Question } from '../kinds/question.ts';
import * as vault from '../privacy/ask-vault.ts';
import * as consent from '../privacy/consent.ts';
import * as keys from '../privacy/master-key.ts';
import * as requests from '../privacy/requests.ts';
import * as retention from '../privacy/retention.ts';
import * as steps from '../privacy/subject-steps.ts';
import * as privacyTranscript from '../privacy/transcript-facts.ts';
import * as security from '../security/security.ts';
import * as auth from '../tenants/ask-auth.ts';
import {
  AgentDocument,
  PolicyDocument,
  ReceiptKeyDocument,
  RevocationDocument,
  SigningKeyDocument,
} from '../tenants/documents.ts';
import * as identity from '../tenants/identity.ts';
import * as transcripts from '../transcripts/ask-transcripts.ts';
import * as transcript from '../transcripts/transcript.ts';
import * as quota from '../usage/ask-quota.ts';
import * as usage from '../usage/usage.ts';
import { CallStream, TranscriptStream } from './streams.ts';

/** What one service may do on the bus. Whom it answers and which facts it hears follow from the questions and the consumers. */
export type Rights = Readonly<{
  publishes: readonly FactKind[];
  asks: readonly Question[];
  writes: readonly DocumentKind[];
  follows: readonly DocumentKind[];
  /** Services that wait for an answer from this one under a fact they published. */
  repliesTo: readonly string[];
  /** Kinds that it may read back from their streams, message by message. */
  reads?: readonly FactKind[];
  /** Kinds that it may erase from their streams, message by message; those it reads too. */
  erases?: readonly FactKind[];
}>;

/** Who makes and changes streams, buckets and consumers, and does nothing else: the `vox bus` command, at deployment. */
export const bootstrapIdentity = 'bootstrap';

/** The rights of every service, and of the operator behind the `vox` command. */
export const rights: Readonly<Record<string, Rights>> = {
  'edge-guard': {
    publishes: [
      session.SessionRequested,
      usage.UsageReported,
      transcript.TranscriptAppended,
      transcript.TranscriptCompleted,
      security.RequestRefused,
      security.BotFlagged,
    ],
    asks: [auth.LeaseSigningKey, broker.Heartbeat, broker.EndSession, quota.AskSessionUsage, consent.RecordConsent],
    writes: [],
    follows: [PolicyDocument, SigningKeyDocument, RevocationDocument, ReceiptKeyDocument, consent.WithdrawalDocument],
    repliesTo: [],
  },
  auth: {
    publishes: [
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
      security.Acted,
    ],
    asks: [],
    writes: [PolicyDocument, AgentDocument, SigningKeyDocument, RevocationDocument],
    follows: [],
    repliesTo: [],
  },
  quota: {
    publishes: [
      session.SessionAdmitted,
      session.SessionDenied,
      usage.QuotaReserved,
      usage.QuotaSettled,
      usage.QuotaAdjusted,
      usage.QuotaThreshold,
      usage.QuotaExceeded,
      security.ReportDoubted,
    ],
    asks: [],
    writes: [],
    follows: [PolicyDocument],
    repliesTo: ['edge-guard'],
  },
  'session-broker': {
    publishes: [
      session.SessionDenied,
      session.SessionGranted,
      session.SessionExpiring,
      session.SessionEnded,
      usage.UsageMetered,
      security.Acted,
    ],
    asks: [auth.LeaseSigningKey],
    writes: [],
    follows: [PolicyDocument, AgentDocument],
    repliesTo: ['edge-guard'],
  },
  compliance: {
    publishes: [
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
      requests.SubjectErased,
    ],
    asks: [...Object.values(steps.ExportFrom), ...Object.values(steps.EraseFrom)],
    writes: [ReceiptKeyDocument, consent.WithdrawalDocument],
    follows: [PolicyDocument, consent.WithdrawalDocument],
    repliesTo: [],
    reads: [checkpoints.AuditCheckpointed, requests.SubjectErased],
    erases: [...CallStream.kinds, ...TranscriptStream.kinds],
  },
  operator: {
    publishes: [],
    asks: [
      auth.PutAgent,
      auth.PutTenant,
      auth.ShowTenant,
      auth.ShowAgent,
      auth.SetTenantStatus,
      auth.SetKillSwitch,
      auth.CreateWidgetKey,
      auth.RotateWidgetKey,
      auth.RevokeWidgetKey,
      auth.RotateSigningKey,
      broker.ListSessions,
      broker.EndSession,
      broker.EndSessions,
      audit.VerifyAudit,
      audit.ListAudit,
      audit.ExportAudit,
      vault.CheckIdentifiers,
      vault.RewrapKeys,
      vault.ListReceiptKeys,
      retention.PreviewRetention,
      retention.ListRetentionReceipts,
      retention.PlaceHold,
      retention.ReleaseHold,
      retention.ListHolds,
      requests.OpenPrivacyRequest,
      requests.ShowPrivacyRequest,
      requests.ListPrivacyRequests,
      requests.ReadExport,
      requests.ReplayErasures,
      transcripts.SearchTranscripts,
      transcripts.ReadTranscript,
      transcripts.LinkSubject,
    ],
    writes: [],
    follows: [],
    repliesTo: [],
  },
};

/** Every question that somebody may ask. */
export const questions: readonly Question[] = [...new Set(Object.values(rights).flatMap(({ asks }) => asks))];

/** Everybody who has an nkey of its own. */
export const busIdentities: readonly string[] = [...Object.keys(rights), bootstrapIdentity];
