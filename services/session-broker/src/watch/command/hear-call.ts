import { CallSignal } from '@vox/contracts';
import type { Providers } from '../../provider/mod.ts';
import { activityOf, type CallState, showsConnection } from '../decide/activity.ts';
import type { WatchEnd, WatchedCall } from '../decide/call.ts';
import { conversation } from '../decide/conversation.ts';
import { type ProviderEvent, readEvent } from '../decide/event.ts';
import { liveConversation } from '../decide/live-conversation.ts';
import { countedBy } from '../decide/usage.ts';
import { type AnswerToolsDependencies, type OpenSideband, toolAnswers } from './answer-tools.ts';
import { settingsGuard } from './guard-settings.ts';
import { type WordsDependencies, wordsOf } from './keep-words.ts';
import { meterOf } from './meter.ts';

export type HearDependencies = WordsDependencies &
  Pick<AnswerToolsDependencies, 'useTool'> &
  Readonly<{
    providers: Providers;
    /** The model that writes down what visitors say. */
    transcriptionModel: string;
    /** Somebody speaks in a call, or it answers: it lives. `settings` is the hash of those that it began with. */
    onActive: (call: WatchedCall, nowMs: number, settings: string | undefined) => void;
  }>;

/** Longer than it takes until the calls of a copy that died are taken over. */
const heldMs = 30_000;
const closed = 'session.closed';

/** One call as its events tell it. */
export type HeardCall = Readonly<{
  /** Takes one event. Answers why the call must end, if it must. */
  hear: (text: string, sideband: OpenSideband) => WatchEnd | undefined;
  /**
   * From now on what is heard is published, and first what was held of the last half minute. Answers why the call must
   * end, if it must.
   */
  goOn: (taken: WatchedCall, sideband: OpenSideband) => WatchEnd | undefined;
  /** The call is over: tools that run for it are given up. */
  giveUp: () => void;
  /** Publishes what is left to say; of the last one that hears the call, also that all is said. */
  finish: (isLast: boolean) => Promise<void>;
  /** The hash of the settings that the call began with, once they are known. */
  settings: () => string | undefined;
}>;

/**
 * Reads the events of one call: what it used, who speaks, what is said, and whether its settings are still ours. One
 * that stands by holds what the last half minute would have it publish and answer, in case that it must go on.
 * `onAgentEnd` is called when the agent has ended the call by a tool.
 */
export function hearCall(
  dependencies: HearDependencies,
  call: WatchedCall,
  { signal, isStandby, onAgentEnd }: Readonly<{ signal: AbortSignal; isStandby: boolean; onAgentEnd: () => void }>,
): HeardCall {
  const { bus, clock, providers, transcriptionModel, onActive } = dependencies;
  const { adapter, abilities } = providers.of(call.provider).profile;
  const said = adapter === 'openai-live' ? liveConversation() : conversation();
  const words = wordsOf(dependencies, call, signal);
  const meter = meterOf(dependencies, call, signal);
  const guard = settingsGuard(dependencies, call, adapter);
  const tools = toolAnswers(dependencies, call, { isStandby, onEnd: onAgentEnd });
  let connectedAtMs = call.connectedAtMs;
  let shown: CallState | undefined;
  let held: { atMs: number; publish: () => void; isCount: boolean }[] | undefined = isStandby ? [] : undefined;

  function orHold(nowMs: number, publish: () => void, isCount: boolean): void {
    if (held === undefined) publish();
    else held = [...held.filter(({ atMs }) => atMs >= nowMs - heldMs), { atMs: nowMs, publish, isCount }];
  }
  function count(event: ProviderEvent, nowMs: number): void {
    const counted = countedBy(event, transcriptionModel);
    if (counted === undefined) return;
    const connectedSeconds = connectedAtMs === undefined ? 0 : Math.max(0, Math.floor((nowMs - connectedAtMs) / 1_000));
    const publish = meter.count(counted, { nowMs, connectedSeconds, isLast: event.type === closed });
    if (publish !== undefined) orHold(nowMs, publish, true);
  }
  function live(event: ProviderEvent, nowMs: number): void {
    const activity = activityOf(event);
    if (activity === undefined && (connectedAtMs !== undefined || !showsConnection(event))) return;
    connectedAtMs ??= nowMs;
    if (held !== undefined) return;
    onActive(call, nowMs, guard.begunAs());
    if (activity === undefined || activity.state === shown) return;
    shown = activity.state;
    bus.signal(CallSignal, call, { kind: 'state', state: shown });
  }
  // The provider charges for a session from its creation on, whatever is heard of it.
  const isCharged = call.isWhole && abilities.unit === 'seconds';
  if (isCharged)
    meter.count({ kind: 'seconds', seconds: 0 }, { nowMs: clock.now().getTime(), connectedSeconds: 0 })?.();
  return {
    hear(text, sideband) {
      const event = readEvent(text);
      if (event === undefined) return undefined;
      const nowMs = clock.now().getTime();
      live(event, nowMs);
      count(event, nowMs);
      const heard = said.hear(event, nowMs);
      if (heard.utterances.length > 0 || held === undefined) orHold(nowMs, () => words.take(heard), false);
      if (event.type === closed) return 'provider';
      tools.hear(event, sideband);
      // Whoever watches puts settings back.
      return guard.take(event) && held === undefined ? guard.enforce(sideband) : undefined;
    },
    goOn(taken, sideband) {
      const kept = held ?? [];
      held = undefined;
      for (const { publish } of kept) publish();
      guard.takeOver(taken.settings);
      tools.goOn(sideband);
      return guard.enforce(sideband);
    },
    giveUp: tools.stop,
    async finish(isLast) {
      // Whoever watched may have missed what was counted last. What it did not miss counts once all the same.
      for (const { isCount, publish } of held ?? []) if (isCount) publish();
      meter.rest()?.();
      if (isLast) words.take({ utterances: said.flush(clock.now().getTime()) });
      await Promise.all([meter.done(), words.finish(isLast)]);
    },
    settings: guard.begunAs,
  };
}
