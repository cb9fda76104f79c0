import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { acting, Reason } from '../values/acting.ts';
import { IdentifierMatch, SubjectIdentifiers } from '../values/identifier.ts';
import { AgentId, SessionId, TenantId } from '../values/ids.ts';
import { MessageId, TranscriptRole } from './transcript.ts';

const count = z.number().int().nonnegative();

/** A transcript without a word of it. */
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
  z.strictObject({
    tenantId: TenantId,
    sessionId: SessionId.optional(),
    identifiers: SubjectIdentifiers.optional().describe('of one person: what any of them leads to'),
    agentId: AgentId.optional(),
    from: z.iso.datetime().optional().describe('calls that began then or later'),
    to: z.iso.datetime().optional().describe('calls that began before'),
    after: cursor.optional().describe('`next` of the page before'),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  z.object({
    transcripts: z.array(TranscriptHeader),
    next: cursor.nullable(),
    matches: z.array(IdentifierMatch).optional().describe('whom each identifier leads to, where any were given'),
  }),
  { action: 'transcripts.search' },
);

export const ReadTranscript = question(
  'compliance',
  'transcript-read',
  'What was said in one call, page by page. Each page leaves an entry in the audit log before it is answered.',
  z.strictObject({
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
  { action: 'transcripts.read' },
);

export const LinkSubject = question(
  'compliance',
  'subject-link',
  'The person of a call said who it is: it can be found by that from now on.',
  z.strictObject({
    tenantId: TenantId,
    sessionId: SessionId,
    identifiers: SubjectIdentifiers,
    ...acting,
  }),
  z.object({ subjectId: z.uuid() }),
  { action: 'transcripts.link' },
);
