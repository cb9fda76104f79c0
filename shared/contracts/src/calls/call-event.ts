import { z } from 'zod';
import { signalKind } from '../kinds/signal.ts';
import { ConsentPurpose } from '../tenants/data-protection.ts';
import { ToolName } from '../tools/tool-fields.ts';
import { ToolView } from '../tools/tool-view.ts';
import { HttpsUrl, plainLine, plainText } from '../values/plain-text.ts';
import { EndedBy, EndReason } from './session.ts';

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
  z.object({
    kind: z.literal('tool').describe('the agent used a tool whose answer the page shows'),
    useId: z.string().min(1).max(128).describe('of this use; one that comes again is the same'),
    name: ToolName,
    view: ToolView,
  }),
  z.object({
    kind: z.literal('link').describe('the agent gives the visitor a link, such as one where it pays'),
    useId: z.string().min(1).max(128),
    url: HttpsUrl,
    label: plainLine(80).min(1),
  }),
  z.object({
    kind: z.literal('consent-wanted').describe('the agent asks for a consent; the visitor answers on the page'),
    useId: z.string().min(1).max(128),
    purpose: ConsentPurpose,
    version: z.string().min(1).max(32),
    text: plainText(2_000).min(1).describe('the words in force, which the visitor agrees to'),
    textHash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe('SHA-256 of the words, hexadecimal'),
    seconds: seconds.describe('how long the agent waits for an answer'),
  }),
  z.object({ kind: z.literal('ended'), reason: EndReason, by: EndedBy.optional() }),
]);
export type CallEvent = z.infer<typeof CallEvent>;

/** The live events of one call, for its own visitor. */
export const CallSignal = signalKind({
  name: 'call',
  summary: 'What happens in a call just now, for its own visitor: who speaks, captions, warnings, the end.',
  scope: 'session',
  from: 'session-broker',
  to: 'edge-guard',
  data: CallEvent,
});

/** What a visitor says to its own call over the page, besides what it speaks. */
export const VisitorSays = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('consent').describe('its answer is recorded'),
    purpose: ConsentPurpose,
    given: z.boolean(),
  }),
]);
export type VisitorSays = z.infer<typeof VisitorSays>;

/** What the visitor of one call answers, for whoever waits for it. It may be missed: what counts is recorded first. */
export const VisitorSignal = signalKind({
  name: 'visitor',
  summary: 'What the visitor of a call answered on the page, once it is recorded.',
  scope: 'session',
  from: 'edge-guard',
  to: 'session-broker',
  data: VisitorSays,
});
