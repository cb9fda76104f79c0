import { z } from 'zod';
import { SessionId } from '../values/ids.ts';
import { BrowserChannel, Sdp } from './call-mode.ts';
import { Denial } from './session.ts';

const terms = {
  sessionId: SessionId,
  sessionToken: z.string().min(1),
  maxSeconds: z.number().int().positive(),
  idleSeconds: z.number().int().nonnegative(),
  endsAt: z.iso.datetime(),
};

/**
 * The answer to a session request, sent to the inbox that the request names. Nothing else holds the secrets, and
 * nothing else the answer to the browser's offer.
 */
export const SessionDecision = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('granted').describe('a direct call may begin'),
    ...terms,
    clientSecret: z.object({ value: z.string().min(1), expiresAt: z.iso.datetime() }),
  }),
  z.object({
    kind: z.literal('brokered').describe('the call is made and watched'),
    ...terms,
    answer: Sdp.describe('the provider’s answer to the offer'),
    browserChannel: BrowserChannel,
    typing: z.boolean().optional().describe('whether the call takes typed words'),
  }),
  z.object({ kind: z.literal('denied'), sessionId: SessionId, denial: Denial }),
]);
export type SessionDecision = z.infer<typeof SessionDecision>;
