import { type CallEvent, CallSignal } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import type { Sideband } from '../../provider/mod.ts';
import { type Answers, afterEvent, asked as askedNow, isSilent, mayAsk, noAnswers } from '../decide/answers.ts';
import type { WatchedCall } from '../decide/call.ts';
import type { ProviderEvent } from '../decide/event.ts';
import { type AskedTool, type NamedTool, toolCalls } from '../decide/tool-calls.ts';
import { goneOutput, noSuchOutput, outputEvent, tooManyOutput } from '../decide/tool-output.ts';

/** What the agent is told of a use, as a text, and what the visitor's page is shown of it. */
export type ToolAnswer = Readonly<{ output: string; shows: readonly CallEvent[]; endsCall: boolean }>;
/** Uses a tool of a call's agent; `undefined` for a function that the visitor's page runs. It may throw. */
export type UseTool = (call: WatchedCall, asked: NamedTool, signal: AbortSignal) => Promise<ToolAnswer | undefined>;

export type AnswerToolsDependencies = Readonly<{
  bus: Pick<Bus, 'signal'>;
  useTool: UseTool;
  clock: Clock;
  log: Log;
}>;

/** The sideband of a call while it is open; it may break and be opened again. */
export type OpenSideband = Pick<Sideband, 'send'> & Readonly<{ isOpen: () => boolean }>;

/** Answers what the agent of one call asks its tools. */
export type ToolAnswers = Readonly<{
  hear: (event: ProviderEvent, sideband: OpenSideband) => void;
  /** Of one that stood by: it answers from now on, and first what nobody has answered. */
  goOn: (sideband: OpenSideband) => void;
  /** The call is over: what runs is given up. */
  stop: () => void;
}>;

/** So many uses of one call run at once. The provider is told that more are too many. */
const inFlightMax = 4;
/** Longer than it takes until the calls of a copy that died are taken over. */
const heldMs = 30_000;
const answeredMax = 1_000;
/** So long an agent that ends its call may speak. */
const lastWordsMs = 10_000;

/** `onEnd` is called once the agent has ended the call and has said its last words. */
export function toolAnswers(
  { bus, useTool, clock, log }: AnswerToolsDependencies,
  call: WatchedCall,
  { isStandby, onEnd }: Readonly<{ isStandby: boolean; onEnd: () => void }>,
): ToolAnswers {
  const calls = toolCalls();
  const stopped = new AbortController();
  const answered = new Set<string>();
  let held: { atMs: number; asked: AskedTool }[] | undefined = isStandby ? [] : undefined;
  let answers: Answers = noAnswers;
  let unsent: object[] = [];
  let running = 0;
  let ending: NodeJS.Timeout | undefined;
  let latest: OpenSideband | undefined;

  function send(): void {
    if (latest?.isOpen() !== true || stopped.signal.aborted || held !== undefined) return;
    for (const event of unsent.splice(0)) latest.send(event);
    if (mayAsk(answers)) {
      answers = askedNow(answers);
      latest.send({ type: 'response.create' });
    }
    if (ending !== undefined && isSilent(answers)) end();
  }
  function end(): void {
    clearTimeout(ending);
    stop();
    onEnd();
  }
  function stop(): void {
    clearTimeout(ending);
    stopped.abort();
  }
  function tell(useId: string, output: string): void {
    unsent = [...unsent, outputEvent(useId, output)];
    answers = { ...answers, isWanted: true };
  }
  function answer(useId: string, { output, shows, endsCall }: ToolAnswer): void {
    for (const event of shows) bus.signal(CallSignal, call, event);
    const isSpeaking = answers.isHeard;
    tell(useId, output);
    if (!endsCall) return;
    // Who says goodbye while it asks for the end need not say it again.
    answers = { ...answers, isWanted: !isSpeaking };
    ending ??= setTimeout(end, lastWordsMs).unref();
  }
  async function use({ useId, name, args }: AskedTool): Promise<void> {
    if (name === undefined) return tell(useId, noSuchOutput);
    if (running >= inFlightMax) return tell(useId, tooManyOutput);
    running += 1;
    try {
      const given = await useTool(call, { useId, name, args }, stopped.signal);
      if (!stopped.signal.aborted && given !== undefined) answer(useId, given);
    } catch (error) {
      // Its name is what the model said: whether there is such a tool is not known here.
      log.warn({ session: call.sessionId, error }, 'a tool came to nothing');
      tell(useId, goneOutput);
    }
    running -= 1;
    send();
  }
  function take(asked: AskedTool): void {
    if (answered.has(asked.useId) || ending !== undefined) return;
    if (held === undefined) return void use(asked);
    const atMs = clock.now().getTime();
    held = [...held.filter((each) => each.atMs >= atMs - heldMs), { atMs, asked }];
  }
  return {
    hear(event, sideband) {
      latest = sideband;
      const heard = calls.hear(event);
      answers = afterEvent(answers, event);
      if (heard.answered !== undefined && answered.size < answeredMax) answered.add(heard.answered);
      for (const asked of heard.asked) take(asked);
      send();
    },
    goOn(sideband) {
      latest = sideband;
      const left = held ?? [];
      held = undefined;
      for (const { asked } of left) take(asked);
      send();
    },
    stop,
  };
}
