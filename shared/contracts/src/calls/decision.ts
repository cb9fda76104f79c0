import { z } from 'zod';
import { Amount } from '../usage/usage.ts';
import { SessionId } from '../values/ids.ts';
import { Denial } from './session.ts';

/** The answer to a session request, sent to the inbox that the request carries. It alone holds the secrets. */
export const SessionDecision = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('granted'),
    sessionId: SessionId,
    clientSecret: z.object({ value: z.string().min(1), expiresAt: z.iso.datetime() }),
    sessionToken: z.string().min(1),
    maxSeconds: z.number().int().positive(),
    idleSeconds: z.number().int().nonnegative(),
    endsAt: z.iso.datetime(),
  }),
  z.object({ kind: z.literal('denied'), sessionId: SessionId, denial: Denial }),
]);
export type SessionDecision = z.infer<typeof SessionDecision>;

/** What a session has used and what its reservation still holds: the answer to a usage report, and to `session-usage`. */
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
