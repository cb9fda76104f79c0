import * as audit from '../audit/ask-audit.ts';
import * as checkpoints from '../audit/checkpoint.ts';
import * as broker from '../calls/ask-broker.ts';
import * as timeline from '../calls/timeline.ts';
import { apiTable } from '../identity/api.ts';
import * as apiKeys from '../identity/api-keys.ts';
import * as versions from '../identity/ask-policy-versions.ts';
import { keyAgeQuestions } from '../identity/key-ages.ts';
import * as members from '../identity/members.ts';
import type { DocumentKind } from '../kinds/document.ts';
import type { FactKind } from '../kinds/fact.ts';
import type { Question } from '../kinds/question.ts';
import { BackupDocument } from '../operations/backups.ts';
import { Redeliver } from '../operations/dead-letters.ts';
import { operationQuestions, statusQuestions } from '../operations/questions.ts';
import * as vault from '../privacy/ask-vault.ts';
import { ReceiptKeyDocument } from '../privacy/ask-vault.ts';
import * as consent from '../privacy/consent.ts';
import * as consents from '../privacy/consent-list.ts';
import * as holds from '../privacy/holds.ts';
import { incidentQuestions } from '../privacy/incidents.ts';
import { SubjectErased } from '../privacy/request-facts.ts';
import * as requests from '../privacy/requests.ts';
import * as retention from '../privacy/retention.ts';
import * as steps from '../privacy/subject-steps.ts';
import { RewrapSecrets, secretQuestions } from '../secrets/ask-secrets.ts';
import { LendSecrets } from '../secrets/lend-secrets.ts';
import { RevocationDocument, SigningKeyDocument } from '../security/token-keys.ts';
import * as logins from '../sign-in/logins.ts';
import * as manage from '../sign-in/manage-logins.ts';
import { factorCeremonies, ResetSecondFactors } from '../sign-in/second-factor-questions.ts';
import { singleSignOnCeremonies, singleSignOnQuestions } from '../sign-in/single-sign-on.ts';
import * as auth from '../tenants/ask-auth.ts';
import { ShowChecklist } from '../tenants/ask-checklist.ts';
import * as widgetKeys from '../tenants/ask-widget-keys.ts';
import { AgentDocument, PolicyDocument } from '../tenants/documents.ts';
import { ExecuteTool } from '../tools/execute-tool.ts';
import { TryTool } from '../tools/try-tool.ts';
import * as transcripts from '../transcripts/ask-transcripts.ts';
import * as limits from '../usage/ask-limits.ts';
import * as quota from '../usage/ask-quota.ts';
import * as usage from '../usage/ask-usage.ts';
import { HoldToolCost } from '../usage/hold-tool-cost.ts';
import { webhookQuestions } from '../webhooks/ask-webhooks.ts';
import { factsPublishedBy } from './facts.ts';
import { streamIdentities } from './identities.ts';
import { CallStream, TranscriptStream } from './streams.ts';

/**
 * What one service may do on the bus. The questions say whom it answers, and the consumers say which facts it hears.
 */
export type Rights = Readonly<{
  publishes: readonly FactKind[];
  asks: readonly Question[];
  writes: readonly DocumentKind[];
  follows: readonly DocumentKind[];
  /** Services that wait for an answer from this one under a fact that they published. */
  repliesTo: readonly string[];
  /** Kinds that it may read back from their streams, message by message. */
  reads?: readonly FactKind[];
  /** Kinds that it may erase from their streams, message by message; those it reads too. */
  erases?: readonly FactKind[];
}>;

/** What is managed over HTTP. The edge hands on the proof of whoever asks; what it answers itself crosses no bus. */
const managed = new Set<Question>(
  apiTable.map(({ question }) => question).filter((each) => each.service !== 'edge-guard'),
);

/** The rights of every service, and of the operator behind the `vox` command. */
export const rights: Readonly<Record<string, Rights>> = {
  'edge-guard': {
    publishes: factsPublishedBy('edge-guard'),
    asks: [
      auth.LeaseSigningKey.widget,
      ...broker.visitorQuestions,
      ExecuteTool,
      quota.AskSessionUsage,
      consent.RecordConsent,
      apiKeys.ProveApiKey,
      logins.SendCode,
      logins.SignIn,
      logins.RenewLogin,
      logins.ShowLogin,
      logins.EndLogin,
      logins.StepUp,
      ...factorCeremonies,
      ...singleSignOnCeremonies,
      ...managed,
      ...statusQuestions,
    ],
    writes: [],
    follows: [PolicyDocument, SigningKeyDocument, RevocationDocument, ReceiptKeyDocument, consent.WithdrawalDocument],
    repliesTo: [],
  },
  auth: {
    publishes: factsPublishedBy('auth'),
    asks: [],
    writes: [PolicyDocument, AgentDocument, SigningKeyDocument, RevocationDocument],
    follows: [SigningKeyDocument, RevocationDocument],
    repliesTo: [],
  },
  quota: {
    publishes: factsPublishedBy('quota'),
    asks: [],
    writes: [],
    follows: [PolicyDocument, SigningKeyDocument, RevocationDocument],
    repliesTo: ['edge-guard'],
  },
  'session-broker': {
    publishes: factsPublishedBy('session-broker'),
    asks: [auth.LeaseSigningKey.session, LendSecrets, HoldToolCost],
    writes: [],
    follows: [PolicyDocument, AgentDocument, SigningKeyDocument, RevocationDocument, consent.WithdrawalDocument],
    repliesTo: ['edge-guard'],
  },
  compliance: {
    publishes: factsPublishedBy('compliance'),
    asks: [...steps.subjectSteps, ...Object.values(Redeliver), versions.ResolveDraft],
    writes: [ReceiptKeyDocument, consent.WithdrawalDocument],
    follows: [PolicyDocument, consent.WithdrawalDocument, SigningKeyDocument, RevocationDocument],
    repliesTo: [],
    reads: [checkpoints.AuditCheckpointed, SubjectErased],
    erases: [...CallStream.kinds, ...TranscriptStream.kinds],
  },
  operator: {
    publishes: [],
    asks: [
      auth.PutAgent,
      auth.PutTenant,
      auth.CreateTenant,
      auth.ShowTenant,
      auth.ShowAgent,
      auth.SetTenantStatus,
      ShowChecklist,
      versions.ListTenants,
      versions.ListPolicyVersions,
      versions.ShowPolicyVersion,
      versions.DiffPolicyVersions,
      versions.RollBackPolicy,
      consents.ListConsents,
      ...timeline.callRecordQuestions,
      auth.SetKillSwitch,
      widgetKeys.CreateWidgetKey,
      widgetKeys.RotateWidgetKey,
      widgetKeys.RevokeWidgetKey,
      auth.RotateSigningKey,
      apiKeys.ListApiKeys,
      apiKeys.CreateApiKey,
      apiKeys.RotateApiKey,
      apiKeys.RevokeApiKey,
      members.ListMembers,
      members.InviteMember,
      members.ChangeMemberRole,
      members.RemoveMember,
      manage.ListLogins,
      manage.RevokeLogins,
      ResetSecondFactors,
      ...singleSignOnQuestions,
      ...keyAgeQuestions,
      ...webhookQuestions,
      ...secretQuestions,
      RewrapSecrets,
      TryTool,
      limits.ShowLimits,
      limits.OverrideLimit,
      limits.ResetUsage,
      usage.ReadUsage,
      broker.ListSessions,
      broker.EndSessionByAdmin,
      broker.EndSessions,
      audit.VerifyAudit,
      audit.ListAudit,
      audit.ExportAudit,
      vault.CheckIdentifiers,
      vault.RewrapKeys,
      vault.ListReceiptKeys,
      retention.PreviewRetention,
      retention.ListRetentionReceipts,
      holds.PlaceHold,
      holds.ReleaseHold,
      holds.ListHolds,
      ...incidentQuestions,
      ...requests.privacyRequestQuestions,
      transcripts.SearchTranscripts,
      transcripts.ReadTranscript,
      transcripts.LinkSubject,
      ...operationQuestions,
    ],
    writes: [],
    follows: [BackupDocument],
    repliesTo: [],
  },
};

/** Every question that anybody may ask. */
export const questions: readonly Question[] = [...new Set(Object.values(rights).flatMap(({ asks }) => asks))];

/** Every identity that has an nkey of its own. */
export const busIdentities: readonly string[] = [...Object.keys(rights), ...streamIdentities];
