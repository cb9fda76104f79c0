import { z } from 'zod';
import { Manner } from './realtime/manner.ts';
import { ScriptedCall } from './realtime/scripted-call.ts';
import { type Script, someScript } from './realtime/turn.ts';
import { TranscriptionUsage, TurnUsage } from './realtime/usage.ts';

export const Tuning = z.object({
  turnMs: z.number().int().min(0).max(60_000).optional(),
  turnUsage: TurnUsage.optional(),
  turnUsages: z.array(TurnUsage).min(1).optional().describe('of one turn after the other; then it begins again'),
  transcriptionUsages: z.array(TranscriptionUsage).min(1).optional().describe('as turnUsages; left out, by the model'),
  script: z
    .object({
      heard: z.array(z.string()).min(1),
      said: z.array(z.string()).min(1),
      manners: z.array(Manner).min(1).optional(),
      calls: z.array(ScriptedCall).optional(),
    })
    .optional()
    .describe('what both sides say'),
});
/** What is left out is as it was at the start. */
export type Tuning = z.infer<typeof Tuning>;

/** How a conversation goes. A call goes on as it began. */
export type Conversation = Readonly<{
  /** Pause between two turns. At 0 nobody speaks unless somebody asks for a response. */
  turnMs: number;
  turnUsages: readonly TurnUsage[];
  transcriptionUsages: readonly TranscriptionUsage[] | undefined;
  script: Script;
}>;

/** A conversation that differs in some things from how it was meant at the start. */
export const tuned = (
  turnMs: number,
  usage: TurnUsage,
  over: Omit<Tuning, 'script'> & Readonly<{ script?: Script | undefined }>,
): Conversation => ({
  turnMs: over.turnMs ?? turnMs,
  turnUsages: over.turnUsages ?? [over.turnUsage ?? usage],
  transcriptionUsages: over.transcriptionUsages,
  script: over.script ?? someScript,
});

const hourMs = 3_600_000;
const ms = z.number().int().min(0).max(hourMs);

/** How the provider behaves where it may behave in several ways, and where nobody could try how it does. */
export const Settings = z.strictObject({
  media: z
    .enum(['peer', 'none'])
    .default('peer')
    .describe('none: the answer is a fixed text, and a call is connected as soon as it is made'),
  offersWithoutChannel: z.enum(['taken', 'refused']).default('taken').describe('offers without m=application'),
  sidebandOpens: z
    .enum(['at-once', 'waits-for-media', 'refused-before-media'])
    .default('at-once')
    .describe('what becomes of a sideband that is asked for before the browser is connected'),
  strangerMs: ms.default(0).describe('how long a sideband to a call of a client secret hangs before its 404'),
  browserLeaves: z
    .enum(['silent', 'close', 'event'])
    .default('silent')
    .describe('what a sideband notices of a browser that is gone: nothing, a close, or an event and a close'),
  connectMs: ms.default(30_000).describe('after which a call ends whose browser never connected'),
  callMs: ms.default(hourMs).describe('the longest call'),
  usageMs: ms.default(1_000).describe('Live: pause between two reports of seconds; 0: none but what a test sends'),
  mirrorMs: ms.default(0).describe('Live: pause between two pieces of mirrored audio on the sideband; 0: no audio'),
  shutdowns: z.record(z.string(), z.iso.date().nullable()).default({}).describe('of models, over the known ones'),
});
export type Settings = z.infer<typeof Settings>;
/** What is left out is as the schema says. */
export type SomeSettings = z.input<typeof Settings>;
