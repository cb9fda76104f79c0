import { SessionEnded, SessionGranted } from '../calls/session.ts';
import type { Fact, FactKind } from '../kinds/fact.ts';
import * as incidents from '../privacy/incident-facts.ts';
import * as requests from '../privacy/request-facts.ts';
import * as identity from '../tenants/identity.ts';
import * as usage from '../usage/usage.ts';
import * as webhooks from '../webhooks/webhook-facts.ts';
import { type ChangeNotice, changeSignals } from './change-notice.ts';

type Change = ChangeNotice['change'];
type Of<K extends FactKind> = (data: Fact<K>['data']) => ChangeNotice;
type Told = readonly [kind: FactKind, noticeOf: (data: never) => ChangeNotice];

const told = <K extends FactKind>(kind: K, noticeOf: Of<K>): Told => [kind, noticeOf];

type OfRequest = Readonly<{ privacyRequestId: string }>;
const ofRequest =
  (change: Change) =>
  ({ privacyRequestId: id }: OfRequest): ChangeNotice => ({ resource: 'privacy-requests', id, change });
type OfIncident = Readonly<{ incidentId: string }>;
const ofIncident =
  (change: Change) =>
  ({ incidentId: id }: OfIncident): ChangeNotice => ({ resource: 'incidents', id, change });
type OfEndpoint = Readonly<{ endpointId: string }>;
const ofEndpoint =
  (change: Change) =>
  ({ endpointId: id }: OfEndpoint): ChangeNotice => ({ resource: 'webhooks', id, change });
type OfSwitch = Readonly<{ tenantId: string; widgetKey?: string | undefined }>;
const ofSwitch =
  (change: Change) =>
  ({ widgetKey, tenantId }: OfSwitch): ChangeNotice => ({ resource: 'kill-switch', id: widgetKey ?? tenantId, change });
type OfBudget = Readonly<{ identityKind: string; measure: string; period: string }>;
const ofBudget = ({ identityKind, measure, period }: OfBudget, change: Change): ChangeNotice => ({
  resource: 'limits',
  id: `${identityKind}:${measure}:${period}`,
  change,
});

/** The facts after which a screen shows something else, each with what it changed. */
const changes: readonly Told[] = [
  told(SessionGranted, ({ sessionId, agentId }) => ({ resource: 'calls', id: sessionId, change: 'began', agentId })),
  told(SessionEnded, ({ sessionId }) => ({ resource: 'calls', id: sessionId, change: 'ended' })),
  told(usage.QuotaThreshold, (data) => ofBudget(data, data.percent === 100 ? 'reached' : 'changed')),
  told(usage.QuotaExceeded, (data) => ofBudget(data, 'reached')),
  told(usage.UsageReset, ({ identityKind }) => ({ resource: 'limits', id: identityKind, change: 'changed' })),
  told(identity.LimitOverridden, ({ identityKind, limit }) => ({
    resource: 'limits',
    id: `${identityKind}:${limit}`,
    change: 'changed',
  })),
  told(identity.KillSwitchEngaged, ofSwitch('engaged')),
  told(identity.KillSwitchReleased, ofSwitch('released')),
  told(identity.PolicyChanged, ({ version }) => ({ resource: 'policy', id: String(version), change: 'changed' })),
  told(requests.PrivacyRequestOpened, ofRequest('opened')),
  told(requests.PrivacyRequestBlocked, ofRequest('changed')),
  told(requests.PrivacyRequestDueSoon, ofRequest('changed')),
  told(requests.PrivacyRequestOverdue, ofRequest('changed')),
  told(requests.PrivacyRequestDone, ofRequest('closed')),
  told(requests.PrivacyRequestFoundNobody, ofRequest('closed')),
  told(incidents.IncidentOpened, ofIncident('opened')),
  told(incidents.IncidentNoted, ofIncident('changed')),
  told(incidents.IncidentDueSoon, ofIncident('changed')),
  told(incidents.IncidentOverdue, ofIncident('changed')),
  told(incidents.IncidentClosed, ofIncident('closed')),
  told(webhooks.WebhookChanged, ofEndpoint('changed')),
  told(webhooks.WebhookDisabled, ofEndpoint('ended')),
  told(webhooks.WebhookDeliveryFailed, ofEndpoint('failed')),
];

const noticeOfKind = new Map(changes);

/** The kinds of fact after which whoever shows something is told of it. */
export const changingFacts: readonly FactKind[] = changes.map(([kind]) => kind);

/** What a fact changed of what screens show, and on which signal that is told; `undefined` where it changed nothing. */
export function changeOfFact(kind: FactKind, data: Fact['data']) {
  const noticeOf = noticeOfKind.get(kind);
  const [from] = kind.publishers;
  if (noticeOf === undefined || from === undefined || from === 'edge-guard') return undefined;
  const { tenantId } = data as { tenantId: string };
  return { signal: changeSignals[from], scope: { tenantId }, notice: noticeOf(data as never) };
}
