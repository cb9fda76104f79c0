import { z } from 'zod';
import { SessionId } from '../values/ids.ts';
import { Denial } from './session.ts';

/** The answer to a session request, sent to the inbox that the request names. Nothing else holds the secrets. */
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
