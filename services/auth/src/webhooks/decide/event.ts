import {
  type Fact,
  type FactKind,
  type Identity,
  KeyAging,
  type PrivacyRequestDueSoon,
  PrivacyRequestOverdue,
  QuotaExceeded,
  QuotaThreshold,
  SessionDenied,
  SessionEnded,
  SessionGranted,
  typeOf,
  type WebhookEvent,
} from '@vox/contracts';

/** Facts that a tenant may be told of. */
export type ToldKind =
  | typeof SessionGranted
  | typeof SessionDenied
  | typeof SessionEnded
  | typeof QuotaThreshold
  | typeof QuotaExceeded
  | typeof PrivacyRequestDueSoon
  | typeof PrivacyRequestOverdue
  | typeof KeyAging;

/**
 * What a tenant is told of a fact. Each field is named: one that a fact gains later, such as a person's, does not leave
 * by itself.
 */
export function eventOf(fact: Fact<ToldKind>): WebhookEvent {
  if (isOf(SessionGranted, fact)) return granted(fact);
  if (isOf(SessionDenied, fact)) return denied(fact);
  if (isOf(SessionEnded, fact)) return ended(fact);
  if (isOf(QuotaThreshold, fact)) return threshold(fact);
  if (isOf(QuotaExceeded, fact)) return exceeded(fact);
  if (isOf(KeyAging, fact)) return aging(fact);
  return deadline(fact as Fact<typeof PrivacyRequestDueSoon>);
}

const isOf = <K extends FactKind>(kind: K, fact: Fact): fact is Fact<K> => fact.type === typeOf(kind);

const caller = ({
  tenantId,
  sessionId,
  identity,
}: Readonly<{ tenantId: string; sessionId: string; identity: Identity }>) => ({
  ...{ tenantId, sessionId, identityKind: identity.kind },
  widgetKey: identity.kind === 'widget' ? identity.widgetKey : null,
});

function granted({ time, data }: Fact<typeof SessionGranted>): WebhookEvent {
  const { agentId, model, voice, maxSeconds, idleSeconds, grantedAt, endsAt } = data;
  const call = { agentId, model, voice, maxSeconds, idleSeconds, grantedAt, endsAt };
  return { type: 'session.granted', timestamp: time, data: { ...caller(data), ...call } };
}

function denied({ time, data }: Fact<typeof SessionDenied>): WebhookEvent {
  const { reason, scope, retryAfterSeconds, resetsAt } = data.denial;
  const denial = { reason, scope, retryAfterSeconds, resetsAt };
  return { type: 'session.denied', timestamp: time, data: { ...caller(data), ...denial } };
}

function ended({ time, data }: Fact<typeof SessionEnded>): WebhookEvent {
  const { reason, grantedAt, endedAt, connectedSeconds } = data;
  const end = { reason, grantedAt, endedAt, connectedSeconds };
  return { type: 'session.ended', timestamp: time, data: { ...caller(data), ...end } };
}

function threshold({ time, data }: Fact<typeof QuotaThreshold>): WebhookEvent {
  const { tenantId, identityKind, day, period, measure, percent, limit } = data;
  const passed = { tenantId, identityKind, day, period, measure, percent, limit };
  return { type: 'quota.threshold', timestamp: time, data: passed };
}

function exceeded({ time, data }: Fact<typeof QuotaExceeded>): WebhookEvent {
  const { tenantId, sessionId, identityKind, day, period, measure, resetsAt } = data;
  const spent = { tenantId, sessionId, identityKind, day, period, measure, resetsAt };
  return { type: 'quota.exceeded', timestamp: time, data: spent };
}

function deadline({ type, time, data }: Fact<typeof PrivacyRequestDueSoon>): WebhookEvent {
  const { tenantId, privacyRequestId, kind, dueAt } = data;
  const state = type === typeOf(PrivacyRequestOverdue) ? 'overdue' : 'due-soon';
  return { type: 'privacy.deadline', timestamp: time, data: { tenantId, privacyRequestId, kind, state, dueAt } };
}

function aging({ time, data }: Fact<typeof KeyAging>): WebhookEvent {
  const { tenantId, kind, keyId, cause, since } = data;
  return { type: 'key.aging', timestamp: time, data: { tenantId, kind, keyId, cause, since } };
}
