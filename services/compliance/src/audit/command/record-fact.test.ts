import {
  Acted,
  ApiKeyCreated,
  ApiKeyRevoked,
  ApiKeyRotated,
  AuditCheckpointed,
  BotFlagged,
  CodesLocked,
  ConsentRecorded,
  DomainProved,
  DrainBegun,
  type Fact,
  factKinds,
  HoldPlaced,
  HoldReleased,
  IncidentClosed,
  IncidentDueSoon,
  IncidentNoted,
  IncidentOpened,
  IncidentOverdue,
  KeyAging,
  KeyCreated,
  KeyRevoked,
  KeyRotated,
  KillSwitchEngaged,
  KillSwitchReleased,
  LimitOverridden,
  LoginEnded,
  LoginStarted,
  LoginSteppedUp,
  MasterKeyRotated,
  MemberInvited,
  MemberJoined,
  MemberRemoved,
  MemberRoleChanged,
  ModelEnding,
  makeFact,
  PolicyChanged,
  PrivacyRequestBlocked,
  PrivacyRequestDone,
  PrivacyRequestDueSoon,
  PrivacyRequestFoundNobody,
  PrivacyRequestOpened,
  PrivacyRequestOverdue,
  platform,
  QuotaAdjusted,
  QuotaExceeded,
  QuotaReserved,
  QuotaSettled,
  QuotaThreshold,
  RecoveryCodesMade,
  RecoveryCodeUsed,
  RefusalsDigested,
  ReportDoubted,
  RequestRefused,
  RetentionSwept,
  SecondFactorEnrolled,
  SecondFactorRefused,
  SecondFactorRemoved,
  SecretChanged,
  SessionAdmitted,
  SessionDenied,
  SessionEnded,
  SessionExpiring,
  SessionGranted,
  SessionRequested,
  SigningKeyRotated,
  SingleSignOnChanged,
  SingleSignOnRefused,
  SingleSignOnRemoved,
  SourceSlipped,
  SubjectErased,
  type streams,
  TenantCreated,
  TenantResumed,
  TenantSuspended,
  ToolUsed,
  TranscriptAppended,
  TranscriptCompleted,
  TranscriptFinalised,
  UsageMetered,
  UsageReported,
  UsageReset,
  WebhookChanged,
  WebhookDeliveryFailed,
  WebhookDisabled,
} from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { onTwins, vaultOf } from '../../compliance.fixture.ts';
import { recordedOf } from './record-fact.ts';

type Kinds = (typeof streams)[number]['kinds'][number];
type Examples = { [N in Kinds['name']]: Fact<Extract<Kinds, { name: N }>>['data'] };

const visitorId = 'v_CanaryCanaryCanary0001';
const userId = 'canary-user-1';
const address = 'canary.person@example.com';
const number = '+34 600 123 456';
const canaries = [visitorId, userId, address, number];

const tenantId = 'acme';
const sessionId = '11111111-2222-4333-8444-555555555555';
const widgetKey = 'w_acme_site_0123456789abcdef';
const keyId = '0123456789abcdeF';
const memberId = 'm_0123456789abcdefghijkl';
const factorId = 'f_0123456789abcdefghijkl';
const endpointId = 'we_0123456789abcdefghijkl';
const deliveryId = 'wd_0123456789012_0123456789abcdefghijkl';
const at = '2026-05-05T12:00:00.000Z';
const identity = { kind: 'widget', widgetKey, visitorId } as const;
const member = { tenantId, memberId: `m_${'x'.repeat(22)}` };
const whose = { tenantId, sessionId, identity };
const call = { agentId: 'guide', model: 'gpt-realtime-2.1', voice: 'marin' };
const by = { actor: 'operator:ada', reason: `asked for by ${address}, ${number}`, requestId: 'request-1' };
const amount = { tokens: 1, micros: 2, seconds: 3 };
const budget = { identityKind: 'widget', day: '2026-05-05' } as const;

/**
 * One example of every kind of fact, as full of persons as its schema lets it be. A kind without one does not pass the
 * checker.
 */
const examples: Examples = {
  [SessionRequested.name]: { ...whose, ...call, deadlineAt: at },
  [SessionAdmitted.name]: { ...whose, ...call, deadlineAt: at, maxSeconds: 9, reservedTokens: 1, reservedMicros: 1 },
  [SessionDenied.name]: { ...whose, by: 'quota', denial: { reason: 'quota', scope: 'tokens' } },
  [SessionGranted.name]: { ...whose, ...call, maxSeconds: 9, idleSeconds: 9, grantedAt: at, endsAt: at },
  [SessionExpiring.name]: { tenantId, sessionId, endsAt: at },
  [SessionEnded.name]: { ...whose, reason: 'client', grantedAt: at, endedAt: at, connectedSeconds: 9 },
  [UsageReported.name]: {
    ...{ tenantId, sessionId, responseId: 'r1' },
    usage: { textIn: 1, textOut: 1, audioIn: 1, audioOut: 1, cachedIn: 0 },
  },
  [UsageMetered.name]: { tenantId, sessionId, connectedSeconds: 9 },
  [ToolUsed.name]: {
    ...{ tenantId, sessionId, name: 'find_order', kind: 'http_tool', via: 'browser', outcome: 'answered', ok: true },
    ...{ host: 'api.shop.com', method: 'GET', status: 200, ms: 9, bytesOut: 0, bytesIn: 9 },
  },
  [QuotaReserved.name]: { tenantId, sessionId, ...budget, reserved: amount },
  [QuotaSettled.name]: { tenantId, sessionId, ...budget, reserved: amount, settled: amount, uncovered: amount },
  [QuotaAdjusted.name]: { tenantId, sessionId, ...budget, settled: amount, uncovered: amount },
  [QuotaThreshold.name]: { tenantId, ...budget, period: 'day', measure: 'tokens', percent: 80, limit: 9 },
  [QuotaExceeded.name]: { tenantId, sessionId, ...budget, period: 'day', measure: 'tokens', resetsAt: at },
  [ModelEnding.name]: { tenantId, model: 'gpt-realtime', endsAt: at },
  [UsageReset.name]: { tenantId, ...budget, credited: amount, ...by },
  [LimitOverridden.name]: {
    ...{ tenantId, identityKind: 'widget', limit: 'tokensPerDay', value: 9, until: at },
    ...{ policyVersion: 2, ...by },
  },
  [TenantCreated.name]: { tenantId, ...by },
  [PolicyChanged.name]: { tenantId, version: 2, ...by },
  [TenantSuspended.name]: { tenantId, policyVersion: 2, ...by },
  [TenantResumed.name]: { tenantId, ...by },
  [KeyCreated.name]: { tenantId, widgetKey, ...by },
  [KeyRotated.name]: { tenantId, widgetKey, successor: widgetKey, graceEndsAt: at, ...by },
  [SecondFactorEnrolled.name]: { tenantId, memberId, factorId, factorKind: 'totp', ...by },
  [SecondFactorRemoved.name]: { tenantId, memberId, factorId, factorKind: 'passkey', ...by },
  [RecoveryCodesMade.name]: { tenantId, memberId, ...by },
  [RecoveryCodeUsed.name]: { tenantId, memberId, left: 9, ...by },
  [SecondFactorRefused.name]: { tenantId, memberId, why: 'tries', ...by },
  [SingleSignOnChanged.name]: { tenantId, ...by },
  [SingleSignOnRemoved.name]: { tenantId, ...by },
  [DomainProved.name]: { tenantId, domain: 'acme.example', ...by },
  [SingleSignOnRefused.name]: { tenantId, memberId, why: 'token' },
  [KeyRevoked.name]: { tenantId, widgetKey, policyVersion: 2, ...by },
  [ApiKeyCreated.name]: { tenantId, keyId, env: 'dev', scopes: ['usage:read'], expiresAt: null, ...by },
  [ApiKeyRotated.name]: { tenantId, keyId, successor: keyId, graceEndsAt: at, ...by },
  [ApiKeyRevoked.name]: { tenantId, keyId, ...by },
  [KeyAging.name]: { tenantId, kind: 'widget-key', keyId: widgetKey, cause: 'old', since: at },
  [RefusalsDigested.name]: { tenantId, week: '2026-W19', from: at, to: at, total: 2, byCode: { FORBIDDEN: 2 } },
  [SecretChanged.name]: { tenantId, name: 'SHOP_KEY', version: 2, change: 'rotated', hosts: ['api.example'], ...by },
  [WebhookChanged.name]: { tenantId, endpointId, change: 'secret-rotated', ...by },
  [WebhookDisabled.name]: { tenantId, endpointId, why: 'gone' },
  [WebhookDeliveryFailed.name]: { tenantId, endpointId, deliveryId, attempts: 8 },
  [PrivacyRequestOpened.name]: { tenantId, ...by, privacyRequestId: sessionId, kind: 'erase', law: 'gdpr', dueAt: at },
  [PrivacyRequestBlocked.name]: { tenantId, privacyRequestId: sessionId, kind: 'erase', holdId: sessionId },
  [PrivacyRequestDueSoon.name]: { tenantId, privacyRequestId: sessionId, kind: 'erase', dueAt: at },
  [PrivacyRequestOverdue.name]: { tenantId, privacyRequestId: sessionId, kind: 'erase', dueAt: at },
  [PrivacyRequestDone.name]: {
    tenantId,
    privacyRequestId: sessionId,
    kind: 'export',
    receiptId: sessionId,
    subjects: 1,
  },
  [PrivacyRequestFoundNobody.name]: { tenantId, privacyRequestId: sessionId, kind: 'erase' },
  [SubjectErased.name]: { tenantId, privacyRequestId: sessionId, receipt: 'a.b.c' },
  [RetentionSwept.name]: {
    ...{ tenantId, class: 'usage', sequence: 1, olderThan: at, removed: 2, digest: 'd', receiptId: sessionId },
  },
  [IncidentOpened.name]: { tenantId, incidentId: sessionId, signal: null, awareAt: at, dueAt: at, ...by },
  [IncidentNoted.name]: { tenantId, incidentId: sessionId, steps: ['note'], risk: 'high', ...by },
  [IncidentClosed.name]: { tenantId, incidentId: sessionId, outcome: 'authority-told', ...by },
  [IncidentDueSoon.name]: { tenantId, incidentId: sessionId, dueAt: at },
  [IncidentOverdue.name]: { tenantId, incidentId: sessionId, dueAt: at },
  [DrainBegun.name]: { tenantId: platform, service: 'quota', copy: 'host-1:77', ...by },
  [HoldPlaced.name]: { tenantId, holdId: sessionId, kind: 'tenant', ...by },
  [HoldReleased.name]: { tenantId, holdId: sessionId, ...by },
  [ConsentRecorded.name]: {
    ...{ tenantId, receiptId: sessionId, purpose: 'transcripts', version: '1', method: 'click', given: true },
  },
  [KillSwitchEngaged.name]: { tenantId, policyVersion: 2, ...by },
  [KillSwitchReleased.name]: { tenantId, widgetKey, ...by },
  [CodesLocked.name]: { tenantId: platform, addressMark: sessionId, purpose: 'login', over: 'hour', until: at },
  [SigningKeyRotated.name]: { tenantId: platform, use: 'widget', kid: 'kid-1', ...by },
  [MemberInvited.name]: { ...member, role: 'owner', ...by },
  [MemberJoined.name]: { ...member, role: 'viewer', ...by },
  [MemberRoleChanged.name]: { ...member, role: 'admin', ...by },
  [MemberRemoved.name]: { ...member, ...by },
  [LoginStarted.name]: { ...member, loginId: sessionId, isNewDevice: true, ...by },
  [LoginSteppedUp.name]: { ...member, loginId: sessionId, ...by },
  [LoginEnded.name]: { ...member, loginId: sessionId, why: 'revoked', ...by },
  [RequestRefused.name]: {
    ...{ tenantId, code: 'RATE_LIMIT_EXCEEDED', scope: 'ip', route: '/api/session' },
    ...{ count: 3, firstAt: at, lastAt: at },
  },
  [ReportDoubted.name]: { tenantId, sessionId, why: 'impossible', believed: amount, claimed: amount },
  [BotFlagged.name]: { tenantId, verifier: 'turnstile', cause: 'timeout' },
  [Acted.name]: {
    ...{ tenantId, action: 'session.list', target: `visitor:${visitorId}`, outcome: 'refused', ...by },
    details: { visitor: visitorId, count: 2 },
  },
  [AuditCheckpointed.name]: { tenantId, sequence: 7, hash: 'hash', receipt: 'receipt' },
  [TranscriptFinalised.name]: { tenantId, sessionId, messages: 2, complete: true },
  [SourceSlipped.name]: { tenantId, sessionId, source: 'edge-guard', found: [{ kind: 'card', count: 1 }] },
  [TranscriptAppended.name]: {
    ...{ tenantId, sessionId, messageId: 'item_1', role: 'user', at, sequence: 0 },
    text: `I am ${address}, ${number}`,
  },
  [TranscriptCompleted.name]: { tenantId, sessionId },
  [MasterKeyRotated.name]: { tenantId: platform, kid: '0123456789abcdef', rewrapped: 2, ...by },
};

const dependencies = { vault: vaultOf(onTwins()) };
const exampleOf = (name: Kinds['name']): Fact => {
  const kind = factKinds.find((each) => each.name === name);
  if (kind === undefined) throw new RangeError(name);
  const head = {
    id: `of:${visitorId}`,
    source: 'auth',
    at: new Date(at),
    traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  };
  return makeFact(kind, head, kind.data.parse(examples[name]));
};
/** What must leave no entry; why is said where it is decided. */
const unrecorded: readonly string[] = [AuditCheckpointed.name, TranscriptAppended.name, TranscriptCompleted.name];
const names = factKinds.map(({ name }) => name as Kinds['name']).filter((name) => !unrecorded.includes(name));

describe('the entry that a fact leaves in the audit log', () => {
  it.each(names)('of %s says who did what to what, and names no person', async (name) => {
    const said = await recordedOf(dependencies, exampleOf(name));
    expect(said).toMatchObject({
      actor: expect.stringMatching(/^(operator|service|visitor|user|session):./),
      action: expect.stringMatching(/^[a-z-]+\.[a-z-]+$/),
      target: expect.stringMatching(/^[a-z-]+:./),
      outcome: expect.stringMatching(/^(done|refused)$/),
      traceId: 'a'.repeat(32),
    });
    for (const canary of canaries) expect(JSON.stringify(said)).not.toContain(canary);
  });
  it.each(unrecorded)('is missing for %s', async (name) => {
    expect(await recordedOf(dependencies, exampleOf(name as Kinds['name']))).toBeUndefined();
  });
  it('names no console user', async () => {
    const of = exampleOf(SessionRequested.name);
    const fact = { ...of, data: { ...(of.data as object), identity: { kind: 'console', userId } } } as Fact;
    expect(JSON.stringify(await recordedOf(dependencies, fact))).not.toContain(userId);
  });
  it('gives a visitor the same pseudonym as every entry of a tenant, and another with every other tenant', async () => {
    const actorOf = async (fact: Fact) => (await recordedOf(dependencies, fact))?.actor;
    const fact = exampleOf(SessionRequested.name);
    const elsewhere = { ...fact, data: { ...(fact.data as object), tenantId: 'other' } } as Fact;
    expect(await actorOf(fact)).toBe(await actorOf(exampleOf(SessionEnded.name)));
    expect(await actorOf(fact)).not.toBe(await actorOf(elsewhere));
  });
  it('carries who asked, why and under which request', async () => {
    expect(await recordedOf(dependencies, exampleOf(KeyRevoked.name))).toMatchObject({
      actor: 'operator:ada',
      action: 'key.revoke',
      target: `key:${widgetKey}`,
      reason: 'asked for by [removed] [removed]',
      requestId: 'request-1',
      outcome: 'done',
    });
  });
});
