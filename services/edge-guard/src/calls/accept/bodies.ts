import {
  AgentId,
  BotMode,
  batchMessagesMax,
  ConsentChoice,
  MessageId,
  ModelName,
  messageMetaBytesMax,
  messageTextMax,
  Origin,
  RecordConsent,
  SessionId,
  TenantId,
  TranscriptRole,
  tokensMax,
  usageSecondsMax,
  VoiceName,
  WidgetKey,
} from '@vox/contracts';
import { z } from 'zod';

/** What each route takes. `instructions` and `tools` are taken and ignored: only the tenant's own count. */
const token = z.string().min(1).max(4_096);
const tokens = z.number().int().nonnegative().max(tokensMax);
const authToken = token.optional().describe('the session token, where no header can be set (sendBeacon)');

export const BootstrapQuery = z.object({ key: z.string().min(1).max(120), agentId: AgentId.optional() });
/** `tenantId`, `agentId` and `displayName` are for the page; only the token counts here or, where the page is handed it later, the key and its origin. */
export const WidgetQuery = z.object({
  token: token.optional().describe('older embed scripts put it here; it is better kept out of every URL'),
  key: z.string().min(1).max(120).optional().describe('the widget key, in the place of a token'),
  origin: Origin.optional().describe(
    'with a key: the origin of the page that frames this one, of those that the key is bound to',
  ),
});
export const SessionBody = z.object({
  agentId: AgentId.optional(),
  model: ModelName.optional(),
  voice: VoiceName.optional(),
  tenantId: TenantId.optional(),
  widgetKey: WidgetKey.optional(),
  instructions: z.unknown().optional(),
  tools: z.unknown().optional(),
  consent: z
    .array(z.string().min(1).max(4_096))
    .max(8)
    .optional()
    .describe('receipts of what the visitor was shown and consented to, as POST /api/consent answered them'),
  bot: z
    .object({ kind: BotMode.exclude(['off']), proof: z.string().max(8_192).optional() })
    .optional()
    .describe('the answer to the challenge: an ALTCHA payload in base64, or a Turnstile token'),
});
export type SessionBody = z.infer<typeof SessionBody>;
export const HeartbeatBody = z.object({
  sm_session_id: SessionId,
  active: z.boolean().optional(),
  callId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,128}$/)
    .optional(),
  authToken,
});
export const UsageBody = z.object({
  sm_session_id: SessionId,
  responseId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,128}$/, 'must be an id of the provider: 1–128 letters, digits, _ or -')
    .describe('the provider’s own id of the response; it is kept, so it may be nothing that a person is known by'),
  text_in: tokens,
  text_out: tokens,
  audio_in: tokens,
  audio_out: tokens,
  cached_in: tokens.optional().describe('the part of the input that was cached, all kinds together'),
  image_in: tokens.optional(),
  cached_text_in: tokens.optional(),
  cached_audio_in: tokens.optional(),
  cached_image_in: tokens.optional(),
  unknown_in: tokens.optional().describe('input of a kind that the provider did not tell; counted at the dearest'),
  unknown_out: tokens.optional(),
  seconds: z.number().nonnegative().max(usageSecondsMax).optional().describe('of a transcription billed by length'),
  authToken,
});
export const EndBody = z.object({ sm_session_id: SessionId, reason: z.string().max(64).optional(), authToken });
export const ConsentBody = ConsentChoice.extend({ subject: RecordConsent.request.shape.subject, authToken });

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

/** One message. Half a character, as a cut in the wrong place leaves it, becomes U+FFFD: it is no reason to refuse what was said. */
export const SaidMessage = z.object({
  id: MessageId.describe('the provider’s id of the item: the same message has the same id'),
  role: TranscriptRole,
  text: z
    .string()
    .max(messageTextMax)
    .overwrite((text) => text.toWellFormed()),
  ts: moment,
  meta: meta.optional().describe('arguments of a tool, and what else belongs to the message'),
});
export type SaidMessage = z.infer<typeof SaidMessage>;

/** What was said, oldest first. Without `sm_session_id` it is the token’s session. */
export const AppendBody = z.object({
  sm_session_id: SessionId.optional(),
  messages: z.array(SaidMessage).min(1).max(batchMessagesMax),
  authToken,
});
export const FinalizeBody = z.object({ sm_session_id: SessionId.optional(), authToken });
