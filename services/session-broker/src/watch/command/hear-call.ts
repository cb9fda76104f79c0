import { CallSignal, UsageMetered } from '@vox/contracts';
import type { Sideband } from '../../provider/mod.ts';
import { activityOf, type CallState } from '../decide/activity.ts';
import type { WatchEnd, WatchedCall } from '../decide/call.ts';
import { conversation } from '../decide/conversation.ts';
import { type ProviderEvent, readEvent } from '../decide/event.ts';
import { judged, noDrift, restoring, settingsIn } from '../decide/settings.ts';
import { countedBy } from '../decide/usage.ts';
import { countedFact } from '../publish.ts';
import { type WordsDependencies, wordsOf } from './keep-words.ts';
import { untilSaid } from './until-said.ts';

export type HearDependencies = WordsDependencies &
  Readonly<{
    /** The model that writes down what visitors say. */
    transcriptionModel: string;
    /** Somebody speaks in a call, or it answers: it lives. */
    onActive: (call: WatchedCall, nowMs: number) => void;
  }>;

/** Longer than it takes until the calls of a copy that died are taken over. */
const heldMs = 30_000;

/** One call as its events tell it. */
export type HeardCall = Readonly<{
  /** Takes one event. Answers why the call must end, if it must. */
  hear: (text: string, sideband: Pick<Sideband, 'send'>) => WatchEnd | undefined;
  /** From now on what is heard is published, and first what was held of the last half minute. */
  goOn: () => void;
  /** Publishes what is left to say; of the last one that hears the call, also that all is said. */
  finish: (isLast: boolean) => Promise<void>;
}>;

/**
 * Reads the events of one call: what it used, who speaks, what is said, and whether its settings are still ours. One
 * that stands by holds what the last half minute would have it publish, in case that it must go on.
 */
export function hearCall(
  dependencies: HearDependencies,
  call: WatchedCall,
  { signal, isStandby }: Readonly<{ signal: AbortSignal; isStandby: boolean }>,
): HeardCall {
  const { bus, clock, log, transcriptionModel, onActive } = dependencies;
  const said = conversation();
  const words = wordsOf(dependencies, call, signal);
  const unsaid = new Set<Promise<void>>();
  let drift = noDrift;
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
    const seconds = connectedAtMs === undefined ? 0 : Math.max(0, Math.floor((nowMs - connectedAtMs) / 1_000));
    const fact = countedFact(call, counted, seconds, new Date(nowMs));
    orHold(
      nowMs,
      () => {
        const saying = untilSaid(() => bus.publish(UsageMetered, fact), log, signal).finally(() =>
          unsaid.delete(saying),
        );
        unsaid.add(saying);
      },
      true,
    );
  }
  function live(event: ProviderEvent, nowMs: number): void {
    const activity = activityOf(event);
    if (activity === undefined) return;
    connectedAtMs ??= nowMs;
    if (held !== undefined) return;
    onActive(call, nowMs);
    if (activity.state === shown) return;
    shown = activity.state;
    bus.signal(CallSignal, call, { kind: 'state', state: shown });
  }
  function guard(event: ProviderEvent, sideband: Pick<Sideband, 'send'>): WatchEnd | undefined {
    const settings = settingsIn(event);
    if (settings === undefined) return undefined;
    const { drift: after, verdict } = judged(drift, settings);
    drift = after;
    // Whoever watches puts them back.
    if (held !== undefined) return undefined;
    if (verdict === 'end') return 'policy';
    if (verdict === 'restore' && drift.began !== undefined) {
      log.warn({ tenant: call.tenantId, session: call.sessionId }, 'a browser changed the settings of its call');
      sideband.send(restoring(drift.began));
      bus.signal(CallSignal, call, { kind: 'notice', what: 'settings-restored' });
    }
    return undefined;
  }
  return {
    hear(text, sideband) {
      const event = readEvent(text);
      if (event === undefined) return undefined;
      const nowMs = clock.now().getTime();
      live(event, nowMs);
      count(event, nowMs);
      const heard = said.hear(event, nowMs);
      if (heard.utterances.length > 0 || held === undefined) orHold(nowMs, () => words.take(heard), false);
      if (event.type === 'session.closed') return 'provider';
      return guard(event, sideband);
    },
    goOn() {
      const kept = held ?? [];
      held = undefined;
      for (const { publish } of kept) publish();
    },
    async finish(isLast) {
      // Whoever watched may have missed what was counted last. What it did not miss counts once all the same.
      for (const { isCount, publish } of held ?? []) if (isCount) publish();
      if (isLast) words.take({ utterances: said.flush(clock.now().getTime()) });
      await Promise.all([...unsaid, words.finish(isLast)]);
    },
  };
}
