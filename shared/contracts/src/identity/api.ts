import * as audit from '../audit/ask-audit.ts';
import * as broker from '../calls/ask-broker.ts';
import { ReadCallDecisions } from '../calls/call-decisions.ts';
import { ListEndedSessions } from '../calls/ended-calls.ts';
import * as timeline from '../calls/timeline.ts';
import * as vault from '../privacy/ask-vault.ts';
import * as consents from '../privacy/consent-list.ts';
import * as holds from '../privacy/holds.ts';
import * as incidents from '../privacy/incidents.ts';
import * as requests from '../privacy/requests.ts';
import * as retention from '../privacy/retention.ts';
import * as secrets from '../secrets/ask-secrets.ts';
import * as logins from '../sign-in/manage-logins.ts';
import * as factors from '../sign-in/second-factor-questions.ts';
import { PasskeyRegistration } from '../sign-in/second-factors.ts';
import * as sso from '../sign-in/single-sign-on.ts';
import * as auth from '../tenants/ask-auth.ts';
import * as checklist from '../tenants/ask-checklist.ts';
import * as widgetKeys from '../tenants/ask-widget-keys.ts';
import * as preview from '../tenants/preview-policy.ts';
import { toolTimeoutMsMax } from '../tools/http-tool.ts';
import { LintTools } from '../tools/lint-tools.ts';
import { TryTool } from '../tools/try-tool.ts';
import * as transcripts from '../transcripts/ask-transcripts.ts';
import * as limits from '../usage/ask-limits.ts';
import * as usage from '../usage/ask-usage.ts';
import * as webhooks from '../webhooks/ask-webhooks.ts';
import * as apiKeys from './api-keys.ts';
import { ofPlatform } from './api-of-platform.ts';
import { type ApiRow, apiRow } from './api-row.ts';
import * as versions from './ask-policy-versions.ts';
import * as keyAges from './key-ages.ts';
import * as members from './members.ts';

const ofMembers = [
  apiRow('get', '/members', members.ListMembers),
  apiRow('post', '/members', members.InviteMember, { status: 201 }),
  apiRow('post', '/members/:memberId/role', members.ChangeMemberRole),
  apiRow('delete', '/members/:memberId', members.RemoveMember),
  apiRow('post', '/members/:memberId/reset-factors', factors.ResetSecondFactors),
  apiRow('get', '/logins', logins.ListLogins),
  apiRow('post', '/logins/revoke', logins.RevokeLogins),
  apiRow('get', '/me/logins', logins.ListOwnLogins),
  apiRow('post', '/me/logins/:loginId/name', logins.NameOwnLogin),
  apiRow('post', '/me/logins/revoke', logins.RevokeOwnLogins),
];

/** What members manage of their own second factors, and owners of the tenant’s own provider. No machine may. */
const ofSignIn = [
  apiRow('get', '/second-factors', factors.ListSecondFactors),
  apiRow('post', '/second-factors/totp', factors.BeginSecondFactor, { inside: { field: 'wanted', kind: 'totp' } }),
  apiRow('post', '/second-factors/totp/confirm', factors.FinishSecondFactor, {
    inside: { field: 'made', kind: 'totp' },
  }),
  apiRow('post', '/second-factors/passkey/options', factors.BeginSecondFactor, {
    inside: { field: 'wanted', kind: 'passkey' },
  }),
  apiRow('post', '/second-factors/passkey', factors.FinishSecondFactor, {
    inside: { field: 'made', kind: 'passkey', reads: { credential: PasskeyRegistration } },
  }),
  apiRow('post', '/second-factors/recovery-codes', factors.RenewRecoveryCodes),
  apiRow('post', '/second-factors/remove', factors.RemoveSecondFactor),
  apiRow('get', '/single-sign-on', sso.ShowSingleSignOn),
  apiRow('post', '/single-sign-on', sso.PutSingleSignOn, { patienceMs: 15_000 }),
  apiRow('post', '/single-sign-on/prove-domain', sso.ProveDomain, { patienceMs: 15_000 }),
  apiRow('post', '/single-sign-on/remove', sso.RemoveSingleSignOn),
];

const ofMachines = [
  apiRow('get', '/api-keys', apiKeys.ListApiKeys),
  apiRow('post', '/api-keys', apiKeys.CreateApiKey, { status: 201 }),
  apiRow('post', '/api-keys/:keyId/rotate', apiKeys.RotateApiKey),
  apiRow('post', '/api-keys/:keyId/revoke', apiKeys.RevokeApiKey),
];

const ofWebhooks = [
  apiRow('get', '/webhooks', webhooks.ListWebhooks),
  apiRow('post', '/webhooks', webhooks.CreateWebhook, { status: 201 }),
  apiRow('put', '/webhooks/:endpointId', webhooks.UpdateWebhook),
  apiRow('delete', '/webhooks/:endpointId', webhooks.RemoveWebhook),
  apiRow('post', '/webhooks/:endpointId/rotate-secret', webhooks.RotateWebhookSecret),
  apiRow('post', '/webhooks/:endpointId/ping', webhooks.PingWebhook),
  apiRow('post', '/webhooks/:endpointId/replay', webhooks.ReplayWebhook),
  apiRow('get', '/webhooks/:endpointId/deliveries', webhooks.ListWebhookDeliveries),
];

/** Whoever changes a secret may say which version of it they have seen. */
const ofSecrets = [
  apiRow('get', '/secrets', secrets.ListSecrets),
  apiRow('post', '/secrets', secrets.CreateSecret, { status: 201 }),
  apiRow('post', '/secrets/:name/rotate', secrets.RotateSecret, { matches: 'ifVersion' }),
  apiRow('put', '/secrets/:name/hosts', secrets.SetSecretHosts, { matches: 'ifVersion' }),
  apiRow('delete', '/secrets/:name', secrets.RemoveSecret),
];

/** A tool that is tried is waited for as long as it may take, and so long as what stands around it does. */
const tryMs = toolTimeoutMsMax + 6_000;

const ofTools = [
  apiRow('post', '/tools/lint', LintTools, { isLarge: true }),
  apiRow('post', '/agents/:agentId/tools/:name/try', TryTool, { patienceMs: tryMs }),
];

/** A preview reads the records of many calls. */
const previewMs = 20_000;

const ofTenants = [
  apiRow('get', '/policy', auth.ShowTenant),
  apiRow('put', '/policy', auth.PutTenant, { wholeBody: 'draft', matches: 'ifVersion' }),
  apiRow('get', '/policy/versions', versions.ListPolicyVersions),
  apiRow('get', '/policy/versions/:version', versions.ShowPolicyVersion),
  apiRow('get', '/policy/diff', versions.DiffPolicyVersions),
  apiRow('post', '/policy/roll-back', versions.RollBackPolicy, { matches: 'ifVersion' }),
  apiRow('post', '/policy/preview', preview.PreviewPolicy, { wholeBody: 'draft', patienceMs: previewMs }),
  apiRow('post', '/policy/versions/:version/preview', preview.PreviewPolicyVersion, { patienceMs: previewMs }),
  apiRow('get', '/checklist', checklist.ShowChecklist),
  apiRow('get', '/agents/:agentId', auth.ShowAgent),
  apiRow('put', '/agent-sets/:agentSetId', auth.PutAgent, { wholeBody: 'agent' }),
  apiRow('post', '/kill-switch', auth.SetKillSwitch),
  apiRow('get', '/widget-keys', keyAges.ListWidgetKeys),
  apiRow('get', '/widget-keys/:widgetKey/usage', keyAges.ReadWidgetKeyUsage),
  apiRow('post', '/widget-keys', widgetKeys.CreateWidgetKey, { status: 201 }),
  apiRow('post', '/widget-keys/:widgetKey/rotate', widgetKeys.RotateWidgetKey),
  apiRow('post', '/widget-keys/:widgetKey/revoke', widgetKeys.RevokeWidgetKey),
];

const ofCalls = [
  apiRow('get', '/limits', limits.ShowLimits),
  apiRow('post', '/limits/override', limits.OverrideLimit),
  apiRow('get', '/usage', usage.ReadUsage, { csv: 'rows' }),
  apiRow('get', '/sessions', broker.ListSessions),
  apiRow('get', '/sessions/ended', ListEndedSessions),
  apiRow('get', '/sessions/decisions', ReadCallDecisions),
  apiRow('get', '/sessions/:sessionId', timeline.ShowSession),
  apiRow('post', '/sessions/end', broker.EndSessions),
  apiRow('post', '/sessions/:sessionId/end', broker.EndSessionByAdmin),
  apiRow('post', '/transcripts/search', transcripts.SearchTranscripts),
  apiRow('get', '/transcripts/:sessionId', transcripts.ReadTranscript),
  apiRow('post', '/transcripts/:sessionId/link', transcripts.LinkSubject),
];

const ofPrivacy = [
  apiRow('post', '/consents/search', consents.ListConsents),
  apiRow('get', '/privacy-requests', requests.ListPrivacyRequests),
  apiRow('post', '/privacy-requests', requests.OpenPrivacyRequest, { status: 201 }),
  apiRow('get', '/privacy-requests/:privacyRequestId', requests.ShowPrivacyRequest),
  apiRow('get', '/privacy-requests/:privacyRequestId/export', requests.ReadExport),
  apiRow('get', '/identifiers/check', vault.CheckIdentifiers),
  apiRow('get', '/legal-holds', holds.ListHolds),
  apiRow('post', '/legal-holds', holds.PlaceHold, { status: 201 }),
  apiRow('post', '/legal-holds/:holdId/release', holds.ReleaseHold),
  apiRow('get', '/incidents', incidents.ListIncidents, { csv: 'incidents' }),
  apiRow('post', '/incidents', incidents.OpenIncident, { status: 201 }),
  apiRow('get', '/incidents/:incidentId', incidents.ShowIncident),
  apiRow('post', '/incidents/:incidentId/notes', incidents.NoteIncident),
  apiRow('post', '/incidents/:incidentId/close', incidents.CloseIncident),
  apiRow('post', '/retention/preview', retention.PreviewRetention),
  apiRow('get', '/retention/receipts', retention.ListRetentionReceipts),
  apiRow('get', '/audit', audit.ListAudit, { flattened: 'filter' }),
  apiRow('post', '/audit/export', audit.ExportAudit),
  apiRow('post', '/audit/verify', audit.VerifyAudit),
  apiRow('get', '/receipt-keys', vault.ListReceiptKeys),
];

/** Every operation of `/api/v1`. The router, the API’s document and `vox` over HTTP are made from it. */
export const apiTable: readonly ApiRow[] = [
  ...ofPlatform,
  ...ofMembers,
  ...ofSignIn,
  ...ofMachines,
  ...ofWebhooks,
  ...ofSecrets,
  ...ofTools,
  ...ofTenants,
  ...ofCalls,
  ...ofPrivacy,
];

/** The operation that asks a question of the credential’s own tenant, if there is one. */
export const apiRowOf = (question: ApiRow['question']): ApiRow | undefined =>
  apiTable.find((row) => row.question === question && !row.path.includes(':tenantId'));
