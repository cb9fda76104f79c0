import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { PreviewPolicy, PreviewPolicyVersion } from '../tenants/preview-policy.ts';
import { SessionId, TenantId } from '../values/ids.ts';
import { ListEndedSessions } from './ended-calls.ts';

/** What may stand on the timeline of a call. */
export const TimelineEvent = z.enum([
  'consent',
  'requested',
  'reserved',
  'admitted',
  'denied',
  'granted',
  'seen',
  'tool-used',
  'expiring',
  'quota-exceeded',
  'ended',
  'settled',
  'transcript-finalised',
]);
export type TimelineEvent = z.infer<typeof TimelineEvent>;

export const TimelineEntry = z.object({
  at: z.iso.datetime(),
  what: TimelineEvent,
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).describe('nothing of a person'),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const ShowSession = question(
  'compliance',
  'session-show',
  'One call from its request to its end, as the records of compliance know it, without a word of it and without the person.',
  z.strictObject({ tenantId: TenantId, sessionId: SessionId }),
  z.object({
    tenantId: TenantId,
    sessionId: SessionId,
    state: z.enum(['requested', 'denied', 'live', 'ended']),
    lastSeenAt: z.iso.datetime().nullable().describe('the last heartbeat that was heard of'),
    traceId: z
      .string()
      .nullable()
      .default(null)
      .describe('W3C trace id under which the call was asked for, where one was recorded'),
    transcriptMessages: z.number().int().nonnegative().describe('how many messages are kept; 0 keeps no transcript'),
    timeline: z.array(TimelineEntry).describe('in their order'),
  }),
  { action: 'sessions.list' },
);

/** What is asked of the records of calls. */
export const callRecordQuestions = [ShowSession, ListEndedSessions, PreviewPolicy, PreviewPolicyVersion] as const;
