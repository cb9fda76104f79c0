import { z } from 'zod';
import { acting, Reason } from './acting.ts';
import { AgentId, SessionId, TenantId } from './ids.ts';
import { question } from './questions.ts';
import { MessageId, TranscriptRole } from './transcript.ts';

const count = z.number().int().nonnegative();

/** What somebody is known by. It travels in a question and never in a fact. */
export const SubjectIdentifier = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('email'), value: z.email().max(254) }),
  z.object({ kind: z.literal('phone'), value: z.string().regex(/^\+?[0-9 ().-]{5,32}$/, 'must be a phone number') }),
  z.object({ kind: z.literal('visitor'), value: z.string().min(1).max(64) }),
  z.object({ kind: z.literal('user'), value: z.string().min(1).max(64) }),
]);
export type SubjectIdentifier = z.infer<typeof SubjectIdentifier>;

/** What is told of a transcript without a word of it. */
export const TranscriptHeader = z.object({
  sessionId: SessionId,
  subjectId: z.uuid().describe('the person that the call was with'),
  agentId: AgentId,
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  finalisedAt: z.iso.datetime().nullable().describe('nothing is added from then on'),
  messages: count,
  complete: z.boolean().describe('the page said that it had sent all'),
});
export type TranscriptHeader = z.infer<typeof TranscriptHeader>;

const cursor = z.string().min(1).max(400);

export const SearchTranscripts = question(
  'compliance',
  'transcript-search',
  'A tenant’s transcripts, the newest call first, without a word of them.',
  z.object({
    tenantId: TenantId,
    sessionId: SessionId.optional(),
    identifier: SubjectIdentifier.optional().describe('of the person, in any way of writing it'),
    agentId: AgentId.optional(),
    from: z.iso.datetime().optional().describe('calls that began then or later'),
    to: z.iso.datetime().optional().describe('calls that began before'),
    after: cursor.optional().describe('`next` of the page before'),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  z.object({ transcripts: z.array(TranscriptHeader), next: cursor.nullable() }),
);

export const ReadTranscript = question(
  'compliance',
  'transcript-read',
  'What was said in one call, page by page. Each page leaves an entry in the audit log before it is answered.',
  z.object({
    tenantId: TenantId,
    sessionId: SessionId,
    ...acting,
    reason: Reason.describe('why it must be read; for the audit log, so without personal data'),
    after: cursor.optional().describe('`next` of the page before'),
  }),
  z.object({
    transcript: TranscriptHeader,
    messages: z.array(
      z.object({
        id: MessageId,
        role: TranscriptRole,
        text: z.string(),
        at: z.iso.datetime(),
        meta: z.record(z.string(), z.json()).optional(),
      }),
    ),
    next: cursor.nullable(),
  }),
);

export const LinkSubject = question(
  'compliance',
  'subject-link',
  'The person of a call said who it is: it can be found by that from now on.',
  z.object({
    tenantId: TenantId,
    sessionId: SessionId,
    identifiers: z.array(SubjectIdentifier).min(1).max(8),
    ...acting,
  }),
  z.object({ subjectId: z.uuid() }),
);
