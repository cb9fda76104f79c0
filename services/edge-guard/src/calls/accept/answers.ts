import { BrowserChannel, Sdp, SessionId } from '@vox/contracts';
import { z } from 'zod';

const at = z.iso.datetime();
const count = z.number().int().nonnegative();

export const SessionAnswer = z.object({
  id: SessionId,
  sm_session_id: SessionId,
  client_secret: z
    .object({ value: z.string(), expires_at: count.describe('epoch seconds') })
    .optional()
    .describe('of a direct call'),
  answer: Sdp.optional().describe('the answer to the offer of a brokered call, which is made and watched by now'),
  browserChannel: BrowserChannel.optional().describe('of a brokered call: whether a data channel was left in it'),
  typing: z.boolean().optional().describe('of a brokered call: whether it takes what the visitor types'),
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
export const SayAnswer = z.object({ ok: z.literal(true) });
export const EndAnswer = z.object({ ok: z.literal(true) });
