import {
  Acted,
  AuditCheckpointed,
  BotFlagged,
  CodesLocked,
  ConsentRecorded,
  DrainBegun,
  type Fact,
  type FactKind,
  HoldPlaced,
  HoldReleased,
  type Identity,
  LimitOverridden,
  MasterKeyRotated,
  ModelEnding,
  PrivacyRequestBlocked,
  PrivacyRequestDone,
  PrivacyRequestDueSoon,
  PrivacyRequestFoundNobody,
  PrivacyRequestOpened,
  PrivacyRequestOverdue,
  QuotaAdjusted,
  QuotaExceeded,
  QuotaReserved,
  QuotaSettled,
  QuotaThreshold,
  ReportDoubted,
  RequestRefused,
  RetentionSwept,
  SessionAdmitted,
  SessionDenied,
  SessionEnded,
  SessionExpiring,
  SessionGranted,
  SessionRequested,
  SourceSlipped,
  SubjectErased,
  TranscriptAppended,
  TranscriptCompleted,
  TranscriptFinalised,
  UsageMetered,
  UsageReported,
  UsageReset,
} from '@vox/contracts';
import { type Act, asked, type Kinds, ofSession, type Projections, self } from './act-forms.ts';
import { apiKeyActs } from './api-key-acts.ts';
import { factorActs } from './factor-acts.ts';
import { identityActs } from './identity-acts.ts';
import { incidentActs } from './incident-acts.ts';
import { secretActs } from './secret-acts.ts';
import { toolActs } from './tool-acts.ts';
import { webhookActs } from './webhook-acts.ts';

export type { Act } from './act-forms.ts';

const person = (identity: Identity): string =>
  identity.kind === 'widget' ? `visitor:${identity.visitorId}` : `user:${identity.userId}`;

/** Every kind of fact stands here once; the checker misses one that does not. Persons are pseudonyms by now. */
const projections: Projections = {
  [SessionRequested.name]: (fact) => ofSession(fact, 'session.request', { actor: person(fact.data.identity) }),
  [SessionAdmitted.name]: (fact) => ofSession(fact, 'session.admit'),
  [SessionDenied.name]: (fact) =>
    ofSession(fact, 'session.start', { outcome: 'refused', reason: fact.data.denial.reason }),
  [SessionGranted.name]: (fact) => ofSession(fact, 'session.start'),
  [SessionExpiring.name]: (fact) => ofSession(fact, 'session.warn'),
  [SessionEnded.name]: (fact) =>
    ofSession(fact, 'session.end', {
      reason: fact.data.reason,
      ...(fact.data.reason === 'client' && { actor: person(fact.data.identity) }),
    }),
  [UsageReported.name]: (fact) => ofSession(fact, 'usage.report', { actor: `session:${fact.data.sessionId}` }),
  [UsageMetered.name]: (fact) => ofSession(fact, 'usage.meter'),
  [QuotaReserved.name]: (fact) => ofSession(fact, 'quota.reserve'),
  [QuotaSettled.name]: (fact) => ofSession(fact, 'quota.settle'),
  [QuotaAdjusted.name]: (fact) => ofSession(fact, 'quota.adjust'),
  [QuotaThreshold.name]: (fact) => self(fact, 'quota.warn', `budget:${fact.data.identityKind}:${fact.data.day}`),
  [QuotaExceeded.name]: (fact) => ofSession(fact, 'quota.exceed', { reason: fact.data.measure }),
  [ModelEnding.name]: (fact) =>
    self(fact, 'model.warn', `model:${fact.data.model}`, { reason: `ends ${fact.data.endsAt}` }),
  [ReportDoubted.name]: (fact) =>
    ofSession(fact, 'usage.report', {
      actor: `session:${fact.data.sessionId}`,
      outcome: 'refused',
      reason: fact.data.why,
    }),
  ...toolActs,
  ...apiKeyActs,
  ...identityActs,
  ...factorActs,
  ...webhookActs,
  ...secretActs,
  ...incidentActs,
  [LimitOverridden.name]: ({ data }) => asked(data, 'limit.override', `budget:${data.identityKind}:${data.limit}`),
  [UsageReset.name]: ({ data }) => asked(data, 'usage.reset', `budget:${data.identityKind}:${data.day}`),
  [RequestRefused.name]: (fact) =>
    self(fact, 'http.request', `route:${fact.data.route}`, { outcome: 'refused', reason: fact.data.code }),
  [BotFlagged.name]: (fact) => self(fact, 'bot.flag', `verifier:${fact.data.verifier}`, { reason: fact.data.cause }),
  [DrainBegun.name]: ({ data }) => asked(data, 'copy.drain', `copy:${data.service}:${data.copy}`),
  [CodesLocked.name]: (fact) => self(fact, 'codes.lock', `address:${fact.data.addressMark}`),
  // It is about the chain itself: an entry of it would call for the next checkpoint, and so on for ever.
  [AuditCheckpointed.name]: 'unrecorded',
  [MasterKeyRotated.name]: ({ data }) => asked(data, 'master-key.rotate', `master-key:${data.kid}`),
  // Who it was stands in the receipt, sealed.
  [PrivacyRequestOpened.name]: ({ data }) =>
    asked(data, `subject.${data.kind}`, `privacy-request:${data.privacyRequestId}`),
  [PrivacyRequestBlocked.name]: (fact) =>
    self(fact, 'privacy-request.block', `privacy-request:${fact.data.privacyRequestId}`, {
      outcome: 'refused',
      reason: `hold ${fact.data.holdId}`,
    }),
  [PrivacyRequestDueSoon.name]: (fact) =>
    self(fact, 'privacy-request.warn', `privacy-request:${fact.data.privacyRequestId}`, {
      reason: `due ${fact.data.dueAt}`,
    }),
  [PrivacyRequestOverdue.name]: (fact) =>
    self(fact, 'privacy-request.miss', `privacy-request:${fact.data.privacyRequestId}`, {
      reason: `due ${fact.data.dueAt}`,
    }),
  [PrivacyRequestDone.name]: (fact) =>
    self(
      fact,
      fact.data.kind === 'erase' ? 'subject.erased' : 'subject.exported',
      `privacy-request:${fact.data.privacyRequestId}`,
    ),
  [PrivacyRequestFoundNobody.name]: (fact) =>
    self(
      fact,
      fact.data.kind === 'erase' ? 'subject.nobody-to-erase' : 'subject.nobody-to-export',
      `privacy-request:${fact.data.privacyRequestId}`,
      { outcome: 'refused', reason: 'nobody is known by what was given' },
    ),
  [SubjectErased.name]: (fact) => self(fact, 'ledger.write', `privacy-request:${fact.data.privacyRequestId}`),
  [RetentionSwept.name]: (fact) =>
    self(fact, 'retention.remove', `${fact.data.class}:${fact.data.tenantId}`, {
      reason: `older than ${fact.data.olderThan}`,
    }),
  [HoldPlaced.name]: ({ data }) => asked(data, 'hold.place', `hold:${data.holdId}`),
  [HoldReleased.name]: ({ data }) => asked(data, 'hold.release', `hold:${data.holdId}`),
  [ConsentRecorded.name]: (fact) =>
    self(fact, fact.data.given ? 'consent.give' : 'consent.refuse', `receipt:${fact.data.receiptId}`, {
      actor: 'visitor:sealed',
      reason: fact.data.purpose,
    }),
  [TranscriptFinalised.name]: (fact) => ofSession(fact, 'transcript.finalise'),
  [SourceSlipped.name]: (fact) => ofSession(fact, 'transcript.cut', { reason: `let pass by ${fact.data.source}` }),
  // What was said stands in no log, and the audit log does not consume it.
  [TranscriptAppended.name]: 'unrecorded',
  [TranscriptCompleted.name]: 'unrecorded',
  [Acted.name]: ({ data }) => ({ ...asked(data, data.action, data.target), outcome: data.outcome }),
};

/** How a fact of a kind reads as an act. Throws RangeError for a kind that has no projection. */
export function actOf({ name }: Pick<FactKind, 'name'>, fact: Fact): Act | 'unrecorded' {
  if (!isKnown(name)) throw new RangeError(`${name} has no projection`);
  const projection = projections[name];
  return projection === 'unrecorded' ? projection : projection(fact as never);
}

/** Whether facts of a kind stand in the log. */
export const leavesEntry = ({ name }: Pick<FactKind, 'name'>): boolean =>
  isKnown(name) && projections[name] !== 'unrecorded';

const isKnown = (name: string): name is Kinds['name'] => Object.hasOwn(projections, name);
