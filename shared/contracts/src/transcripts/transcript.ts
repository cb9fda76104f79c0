import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { SessionId, TenantId } from '../values/ids.ts';

/** The speaker: the visitor, the agent, or a tool that the agent called. */
export const TranscriptRole = z.enum(['user', 'assistant', 'tool']);
export type TranscriptRole = z.infer<typeof TranscriptRole>;

/** The provider's id of an utterance, so that the same words are the same message however often they are sent. */
export const MessageId = z.string().regex(/^[\x21-\x7e]{1,128}$/, 'must be 1–128 visible ASCII characters');

/** Longest text of one message, in characters. */
export const messageTextMax = 16_384;
/** Longest text after redaction: a mark may be longer than the text that it replaces. */
const cutTextMax = 8 * messageTextMax;
/** Longest metadata of one message, as JSON in UTF-8. */
export const messageMetaBytesMax = 8_192;
/** Most messages in one batch. */
export const batchMessagesMax = 250;

/**
 * The only fact that holds what was said. It has a stream of its own, and is erased there once compliance keeps the
 * words.
 */
export const TranscriptAppended = factKind({
  name: 'vox.transcript.appended',
  version: 1,
  scope: 'session',
  stream: 'VOX_TRANSCRIPTS',
  publishers: ['edge-guard', 'session-broker'],
  summary: 'Something was said in a call. Card data is cut already.',
  data: z.object({
    tenantId: TenantId,
    sessionId: SessionId,
    messageId: MessageId,
    role: TranscriptRole,
    text: z.string().max(cutTextMax),
    at: z.iso.datetime().describe('when it was said, by the clock of the page, or of the broker in a brokered call'),
    sequence: z.number().int().nonnegative().describe('its place in the call as it came, for what was said at once'),
    meta: z.record(z.string(), z.json()).optional().describe('arguments of a tool, and what else the page tells'),
  }),
});

export const TranscriptCompleted = factKind({
  name: 'vox.transcript.completed',
  version: 1,
  scope: 'session',
  stream: 'VOX_TRANSCRIPTS',
  publishers: ['edge-guard', 'session-broker'],
  summary: 'All that was said in a call has been sent.',
  data: z.object({ tenantId: TenantId, sessionId: SessionId }),
});

/** The facts of what is said in calls. */
export const transcriptFacts = [TranscriptAppended, TranscriptCompleted] as const;
