import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { mistakeSaid } from '../values/field-mistakes.ts';
import { AgentId, identityKinds, ModelName, TenantId, WidgetKey } from '../values/ids.ts';

/** The longest range of days that one question covers. */
export const usageDaysMax = 92;
/** How many days usage is kept. */
export const usageKeptDays = 400;

const count = z.number().int().nonnegative();
const used = {
  sessions: count.describe('calls that used something'),
  seconds: count,
  tokens: count,
  micros: count.describe('micro-dollars'),
};

export const UsageBy = z.enum(['day', 'agent', 'key', 'model']);
export type UsageBy = z.infer<typeof UsageBy>;

/** What was used under one name: a day, an agent, a widget key or a model, as the question asked. */
export const UsageRow = z.object({
  kind: z.enum(identityKinds),
  day: z.iso.date().optional(),
  agentId: AgentId.optional(),
  widgetKey: WidgetKey.optional().describe('console calls have none'),
  model: ModelName.optional(),
  isOthers: z.boolean().describe('whatever came after the first 256 agents, keys and models of a day, together'),
  ...used,
});
export type UsageRow = z.infer<typeof UsageRow>;

const dayMs = 86_400_000;
const isRange = ({ from, to }: { from: string; to: string }): boolean => {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
  return days >= 1 && days <= usageDaysMax;
};

const outOfRange = mistakeSaid('usage-days', { days: usageDaysMax });

export const ReadUsage = question(
  'quota',
  'usage-read',
  'What a tenant’s settled calls have used, by day, agent, key or model. A day counts the calls that began in it.',
  z
    .strictObject({
      tenantId: TenantId,
      from: z.iso.date().describe('the tenant’s own calendar day'),
      to: z.iso.date().describe('the last day that counts'),
      by: UsageBy,
      kind: z.enum(identityKinds).optional().describe('calls of this kind alone'),
      agentId: AgentId.optional().describe('calls of this agent alone'),
      widgetKey: WidgetKey.optional().describe('calls of this key alone'),
      model: ModelName.optional().describe('calls with this model alone'),
      cursor: z.string().min(1).max(256).optional().describe('what the page before answered as next'),
      limit: z.number().int().min(1).max(1_000).default(200),
    })
    .refine(isRange, { message: outOfRange.message, params: outOfRange, path: ['to'] }),
  z.object({
    rows: z.array(UsageRow),
    totals: z.object(used).describe('of all pages'),
    next: z.string().nullable().describe('the cursor of the next page; null at the end'),
  }),
  { action: 'usage.read' },
);
export type UsageAsked = z.infer<(typeof ReadUsage)['request']>;
export type UsageAnswered = z.infer<(typeof ReadUsage)['reply']>;
