import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { SessionId, TenantId } from '../values/ids.ts';
import { Amount } from './usage.ts';

/**
 * What a session has used and what its reservation still holds: the answer to a usage report, and to `session-usage`.
 */
export const SessionUsage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('known'),
    sessionId: SessionId,
    used: Amount,
    remaining: Amount.describe('of the session’s reservation and what its budgets could still add'),
    day: z.object({ used: Amount, tokensLimit: z.number().int(), microsLimit: z.number().int() }),
  }),
  z.object({ kind: z.literal('unknown'), sessionId: SessionId }),
]);
export type SessionUsage = z.infer<typeof SessionUsage>;

export const AskSessionUsage = question(
  'quota',
  'session-usage',
  'What one session has used and may still use. Another tenant’s session is unknown.',
  z.strictObject({ tenantId: TenantId, sessionId: SessionId }),
  SessionUsage,
);
