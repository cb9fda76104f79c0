import { z } from 'zod';
import { signalKind } from '../kinds/signal.ts';
import { EndReason } from './session.ts';

const seconds = z.number().int().nonnegative();

/** What the visitor of a brokered call may know while it lives. */
export const CallEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('state'), state: z.enum(['connecting', 'listening', 'speaking', 'thinking']) }),
  z.object({
    kind: z.literal('caption'),
    itemId: z.string().min(1).max(128),
    role: z.enum(['user', 'assistant']),
    text: z.string().max(16_384).describe('all of this utterance so far; card data is cut'),
    final: z.boolean(),
  }),
  z.object({ kind: z.literal('expiring'), endsAt: z.iso.datetime(), remainingSeconds: seconds }),
  z.object({ kind: z.literal('notice'), what: z.enum(['settings-restored']).describe('something was put back') }),
  z.object({ kind: z.literal('ended'), reason: EndReason }),
]);
export type CallEvent = z.infer<typeof CallEvent>;

/** The live events of one call, for its own visitor. */
export const CallSignal = signalKind({
  name: 'call',
  summary: 'What happens in a call just now, for its own visitor: who speaks, captions, warnings, the end.',
  from: 'session-broker',
  to: 'edge-guard',
  data: CallEvent,
});
