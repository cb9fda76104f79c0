import { ConsentPurpose, RecordConsent, SessionId } from '@vox/contracts';
import { z } from 'zod';

/** What each route answers when it does not refuse. */
const at = z.iso.datetime();
const count = z.number().int().nonnegative();

export const BootstrapAnswer = z.object({
  ok: z.literal(true),
  tenantId: z.string(),
  agentId: z.string(),
  displayName: z.string(),
  branding: z.object({ primaryColor: z.string(), logoUrl: z.string().optional() }),
  widgetSessionToken: z
    .string()
    .describe('proves for five minutes that a page of an allowed origin asked, for one visitor'),
  expiresAt: at,
  challenge: z
    .looseObject({ kind: z.enum(['proof-of-work', 'botid', 'turnstile']) })
    .nullable()
    .describe('what the `bot` field of a session request must prove; null where nothing is asked for'),
  disclosure: z.string().describe('to be shown before the call'),
  consent: z
    .array(
      z.object({
        purpose: ConsentPurpose,
        version: z.string(),
        text: z.string(),
        textHash: z.string().describe('SHA-256 of the text, hexadecimal'),
      }),
    )
    .describe('what the tenant demands before a call, to be answered at POST /api/consent'),
});
export const SessionAnswer = z.object({
  id: SessionId,
  sm_session_id: SessionId,
  client_secret: z.object({ value: z.string(), expires_at: count.describe('epoch seconds') }),
  session_token: z.string(),
  heartbeatSeconds: count,
  transcripts: z.boolean().describe('whether what is said is to be sent'),
  limits: z.object({ maxSeconds: count, idleSeconds: count, endsAt: at }),
});
export const HeartbeatAnswer = z.object({
  ok: z.literal(true),
  session: z.object({
    active: z.literal(true),
    startedAt: at,
    lastSeenAt: at,
    durationSec: count,
    idleSec: count,
    endsAt: at,
    remaining: z.object({
      seconds: count,
      tokens: count.nullable().describe('null while the budget cannot be asked'),
      dollars: z.number().nonnegative().nullable(),
    }),
  }),
});
export const UsageAnswer = z.object({
  ok: z.literal(true),
  tokens: count.describe('of this call so far'),
  dollars: z.number().nonnegative(),
  usage: z.object({
    tokens: count.describe('of the tenant’s day so far'),
    dollars: z.number().nonnegative(),
    dailyTokenLimit: count,
    dailyDollarLimit: z.number().nonnegative(),
  }),
});
export const EndAnswer = z.object({ ok: z.literal(true) });
export const ConsentAnswer = RecordConsent.reply.extend({ ok: z.literal(true) });
export const AppendAnswer = z.object({
  ok: z.literal(true),
  appended: count.describe('held from now on; 0 where the tenant keeps nothing'),
  duplicates: count.describe('that were held already'),
  refused: z
    .array(
      z.object({
        index: count.describe('its place in the batch'),
        id: z.string().optional(),
        issues: z.array(z.object({ path: z.string(), message: z.string() })),
      }),
    )
    .optional()
    .describe('messages that can never be kept, and why; all others are'),
});
export const FinalizeAnswer = z.object({ ok: z.literal(true) });
