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

/** One call as its events tell it. */
export type HeardCall = Readonly<{
  /** Takes one event. Answers why the call must end, if it must. */
  hear: (text: string, sideband: Pick<Sideband, 'send'>) => WatchEnd | undefined;
  /** Publishes what is left to say; of the last one that hears the call, also that all is said. */
  finish: (isLast: boolean) => Promise<void>;
}>;

/** Reads the events of one call: what it used, who speaks, what is said, and whether its settings are still ours. */
export function hearCall(dependencies: HearDependencies, call: WatchedCall, signal: AbortSignal): HeardCall {
  const { bus, clock, log, transcriptionModel, onActive } = dependencies;
  const said = conversation();
  const words = wordsOf(dependencies, call, signal);
  const unsaid = new Set<Promise<void>>();
  let drift = noDrift;
  let connectedAtMs = call.connectedAtMs;
  let shown: CallState | undefined;

  function count(event: ProviderEvent, nowMs: number): void {
    const counted = countedBy(event, transcriptionModel);
    if (counted === undefined) return;
    const seconds = connectedAtMs === undefined ? 0 : Math.max(0, Math.floor((nowMs - connectedAtMs) / 1_000));
    const fact = countedFact(call, counted, seconds, new Date(nowMs));
    const saying = untilSaid(() => bus.publish(UsageMetered, fact), log, signal).finally(() => unsaid.delete(saying));
    unsaid.add(saying);
  }
  function live(event: ProviderEvent, nowMs: number): void {
    const activity = activityOf(event);
    if (activity === undefined) return;
    connectedAtMs ??= nowMs;
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
      words.take(said.hear(event, nowMs));
      if (event.type === 'session.closed') return 'provider';
      return guard(event, sideband);
    },
    async finish(isLast) {
      if (isLast) words.take({ utterances: said.flush(clock.now().getTime()) });
      await Promise.all([...unsaid, words.finish(isLast)]);
    },
  };
}
