import { z } from 'zod';
import { Denial, EndReason } from '../calls/session.ts';
import { AgingCause, AgingKeyKind } from '../identity/key-ages.ts';
import { PrivacyRequestKind } from '../privacy/requests.ts';
import { Measure, Period } from '../usage/usage.ts';
import { AgentId, identityKinds, ModelName, SessionId, TenantId, VoiceName, WidgetKey } from '../values/ids.ts';

/** What a tenant may be told of by webhook: a closed list. */
export const WebhookEventType = z.enum([
  'session.granted',
  'session.denied',
  'session.ended',
  'quota.threshold',
  'quota.exceeded',
  'privacy.deadline',
  'key.aging',
]);
export type WebhookEventType = z.infer<typeof WebhookEventType>;

const seconds = z.number().int().nonnegative();
const moment = z.iso.datetime();

/** Of a caller its kind and its widget key, which is public. Nothing of the person, and nothing of the address. */
const session = {
  tenantId: TenantId,
  sessionId: SessionId,
  identityKind: z.enum(identityKinds).describe('a visitor behind a widget key, or a member in the console'),
  widgetKey: WidgetKey.nullable().describe('null for a member'),
};
const budget = {
  tenantId: TenantId,
  identityKind: z.enum(identityKinds),
  day: z.iso.date().describe('the tenant’s own calendar day'),
  period: Period,
  measure: Measure,
};

const event = <const T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.object({ type: z.literal(type), timestamp: moment.describe('when it happened'), data });

/**
 * The body of a webhook: `{ type, timestamp, data }`, as the Standard Webhooks specification recommends. It is built
 * field by field and holds no personal data.
 */
export const WebhookEvent = z.discriminatedUnion('type', [
  event(
    'session.granted',
    z.object({
      ...session,
      agentId: AgentId,
      model: ModelName,
      voice: VoiceName,
      maxSeconds: seconds,
      idleSeconds: seconds,
      grantedAt: moment,
      endsAt: moment.describe('the latest'),
    }),
  ),
  event('session.denied', z.object({ ...session, ...Denial.shape })),
  event(
    'session.ended',
    z.object({ ...session, reason: EndReason, grantedAt: moment, endedAt: moment, connectedSeconds: seconds }),
  ),
  event(
    'quota.threshold',
    z.object({
      ...budget,
      percent: z.number().int().describe('50, 80 or 100'),
      limit: z.number().int().nonnegative().describe('tokens, micro-dollars or seconds'),
    }),
  ),
  event('quota.exceeded', z.object({ ...budget, sessionId: SessionId, resetsAt: moment })),
  event(
    'privacy.deadline',
    z.object({
      tenantId: TenantId,
      privacyRequestId: z.uuid(),
      kind: PrivacyRequestKind,
      state: z.enum(['due-soon', 'overdue']).describe('within a week, or past'),
      dueAt: moment,
    }),
  ),
  event(
    'key.aging',
    z.object({ tenantId: TenantId, kind: AgingKeyKind, keyId: z.string(), cause: AgingCause, since: moment }),
  ),
  event('webhook.ping', z.object({ tenantId: TenantId, endpointId: z.string() })),
]);
export type WebhookEvent = z.infer<typeof WebhookEvent>;
