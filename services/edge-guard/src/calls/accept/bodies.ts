import {
  AgentId,
  BotMode,
  ModelName,
  Sdp,
  SessionId,
  TenantId,
  TypedText,
  tokensMax,
  usageSecondsMax,
  VoiceName,
  WidgetKey,
} from '@vox/contracts';
import { z } from 'zod';
import { authToken } from '../../identity/mod.ts';
import { mistakeInOffer } from '../decide/offer.ts';

/** What the routes of a call take. `instructions` and `tools` are taken and ignored: only the tenant's own count. */
export const SessionBody = z.object({
  agentId: AgentId.optional(),
  model: ModelName.optional(),
  voice: VoiceName.optional(),
  tenantId: TenantId.optional(),
  widgetKey: WidgetKey.optional(),
  instructions: z.unknown().optional(),
  tools: z.unknown().optional(),
  offer: Sdp.superRefine((sdp, context) => {
    const message = mistakeInOffer(sdp);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  })
    .optional()
    .describe('SDP of a browser’s peer: audio and at most one data channel. With it the call is brokered'),
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

export const HeartbeatBody = z.object({
  sm_session_id: SessionId,
  active: z.boolean().optional(),
  callId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,128}$/)
    .optional(),
  authToken,
});

const tokens = z.number().int().nonnegative().max(tokensMax);

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

export const SayBody = z.object({ sm_session_id: SessionId, text: TypedText, authToken });

export const EndBody = z.object({ sm_session_id: SessionId, reason: z.string().max(64).optional(), authToken });
