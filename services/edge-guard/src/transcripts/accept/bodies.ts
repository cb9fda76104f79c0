import {
  batchMessagesMax,
  MessageId,
  messageMetaBytesMax,
  messageTextMax,
  SessionId,
  TranscriptRole,
} from '@vox/contracts';
import { z } from 'zod';
import { authToken } from '../../identity/mod.ts';

/** A clock of a page may be wrong, but not by decades. */
const earliestMs = Date.UTC(2020, 0);
const latestMs = Date.UTC(2100, 0);
const momentMs = z.number().int().min(earliestMs).max(latestMs);
const moment = z
  .union([momentMs, z.iso.datetime({ offset: true }).transform(Date.parse).pipe(momentMs)])
  .transform((ms) => new Date(ms).toISOString())
  .describe('when it was said: epoch milliseconds, or ISO 8601');
// What was parsed from JSON is JSON: to look at each value of it again costs more than all else of a batch.
const meta = z
  .record(z.string().max(64), z.custom<z.core.util.JSONType>())
  .refine(
    (value) => Buffer.byteLength(JSON.stringify(value)) <= messageMetaBytesMax,
    `must be at most ${messageMetaBytesMax} bytes as JSON`,
  );

/**
 * One message. Half a character, as a cut in the wrong place leaves it, becomes U+FFFD: it is no reason to refuse what
 * was said.
 */
export const MessageBody = z.object({
  id: MessageId.describe('the provider’s id of the item: the same message has the same id'),
  role: TranscriptRole,
  text: z
    .string()
    .max(messageTextMax)
    .overwrite((text) => text.toWellFormed()),
  ts: moment,
  meta: meta.optional().describe('arguments of a tool, and what else belongs to the message'),
});

/** What was said, oldest first. Without `sm_session_id` it is the token’s session. */
export const AppendBody = z.object({
  sm_session_id: SessionId.optional(),
  messages: z.array(MessageBody).min(1).max(batchMessagesMax),
  authToken,
});
export const FinalizeBody = z.object({ sm_session_id: SessionId.optional(), authToken });
