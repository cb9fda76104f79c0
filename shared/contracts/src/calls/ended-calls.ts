import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { Amount } from '../usage/usage.ts';
import { acting } from '../values/acting.ts';
import { AgentId, identityKinds, SessionId, TenantId, WidgetKey } from '../values/ids.ts';
import { EndReason } from './session.ts';

const seconds = z.number().int().nonnegative();

/** A call that is over, without a word of it and without the person. */
export const EndedCall = z.object({
  sessionId: SessionId,
  kind: z.enum(identityKinds).nullable().describe('null for a call from before it was kept'),
  widgetKey: WidgetKey.nullable().describe('null for a call of the console, and for one from before it was kept'),
  agentId: AgentId,
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  endReason: EndReason.nullable(),
  connectedSeconds: seconds.nullable().describe('null for a call from before it was kept'),
  used: Amount.nullable().describe('what the budget was charged; null until it is settled'),
});
export type EndedCall = z.infer<typeof EndedCall>;

export const ListEndedSessions = question(
  'compliance',
  'session-list',
  'A tenant’s calls that are over, the one that ended last first, for as long as the policy keeps usage. A call that ends meanwhile moves no other from its page. Each page leaves an entry in the audit log.',
  z.strictObject({
    tenantId: TenantId,
    agentId: AgentId.optional().describe('calls of this agent alone'),
    widgetKey: WidgetKey.optional().describe('calls under this key alone'),
    endReason: EndReason.optional().describe('calls that ended for this reason alone'),
    from: z.iso.datetime().optional().describe('calls that ended then or later'),
    to: z.iso.datetime().optional().describe('calls that ended before'),
    after: z.string().min(1).max(400).optional().describe('`next` of the page before'),
    limit: z.number().int().min(1).max(200).default(50),
    ...acting,
  }),
  z.object({ sessions: z.array(EndedCall), next: z.string().nullable() }),
  { action: 'sessions.list' },
);
