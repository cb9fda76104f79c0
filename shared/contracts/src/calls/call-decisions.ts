import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { TenantId } from '../values/ids.ts';

/** Where somebody asks for a call. What is refused there is a call that was refused. */
export const callPath = '/api/session';

/** So many days of decisions are kept: today, and a week before it. */
export const decisionDaysMax = 8;

/** What whoever asks for a call and gets none is answered: codes of the HTTP contract. */
export const CallRefusal = z.enum([
  'INVALID_REQUEST',
  'AUTH_REQUIRED',
  'INVALID_WIDGET_KEY',
  'FORBIDDEN',
  'ORIGIN_MISMATCH',
  'BOT_BLOCKED',
  'BROKERED_ONLY',
  'DIRECT_ONLY',
  'CONSENT_REQUIRED',
  'TENANT_SUSPENDED',
  'NOT_FOUND',
  'IDEMPOTENCY_CONFLICT',
  'IDEMPOTENCY_MISMATCH',
  'PAYLOAD_TOO_LARGE',
  'RATE_LIMIT_EXCEEDED',
  'MAX_CONCURRENT_SESSIONS',
  'DAILY_QUOTA_EXCEEDED',
  'UPSTREAM_UNAVAILABLE',
  'UNAVAILABLE',
  'INTERNAL',
  'OTHER',
]);
export type CallRefusal = z.infer<typeof CallRefusal>;

const count = z.number().int().nonnegative();

const DayOfDecisions = z.object({
  day: z.iso.date().describe('the tenant’s own calendar day'),
  granted: count.describe('calls that were granted, of visitors and of members'),
  refused: count.describe('the sum of its reasons'),
  reasons: z
    .array(z.object({ code: CallRefusal, count: count.min(1) }))
    .describe('what whoever asked was answered, the most frequent first; OTHER is what a later version answers'),
});

export const ReadCallDecisions = question(
  'auth',
  'call-decisions',
  'How many calls were granted and how many refused, by reason, today and on the days before. The edge tells what it refuses at once, and of what it refuses again and again a count every ten seconds, which belongs to the day of its last.',
  z.strictObject({
    tenantId: TenantId,
    days: z.number().int().min(1).max(decisionDaysMax).default(decisionDaysMax).describe('so many days up to today'),
  }),
  z.object({
    timeZone: z.string().describe('IANA zone of the tenant’s day'),
    days: z.array(DayOfDecisions).describe('oldest first, each day of the span'),
  }),
  { action: 'usage.read' },
);
