import type { Clock } from '@vox/platform/time';
import type { CallAt } from '../../provider/mod.ts';
import { callKey, type WatchedCall } from '../decide/call.ts';
import type { Watchers } from '../keep.ts';
import { type OpenWatchDependencies, openWatch, type Watch, type WatchOptions } from './open-watch.ts';

export type WatchesDependencies = OpenWatchDependencies &
  Readonly<{
    /** Names this copy among the watchers. */
    copy: string;
    watchers: Pick<Watchers, 'update' | 'remove'>;
    clock: Clock;
    onEnd: WatchOptions['onEnd'];
  }>;

/** The calls that this copy watches. Others take them over once this copy has not said for a while that it lives. */
export type Watches = Readonly<{
  copy: string;
  /** Opens a watch of a call that was just made. Throws ProviderFailure when its sideband does not open in time. */
  open: (call: WatchedCall, timeoutMs: number) => Promise<Watch>;
  /** Watches a call that another copy watched. Where this copy stood by, nothing that was said meanwhile is missed. */
  resume: (call: WatchedCall) => Promise<void>;
  /** Hears a call that another copy watches, in case that it dies. */
  standBy: (call: WatchedCall) => Promise<void>;
  /** Stops hearing a call that is over, and publishes what is left to say of it. It waits for nothing. */
  close: (call: CallAt) => void;
  /** Stops hearing a call that became nobody's, or another copy's. */
  drop: (call: CallAt) => Promise<void>;
  /** The calls that are watched now. */
  calls: () => readonly WatchedCall[];
  /** Drops all calls, when all that was heard of calls that are over is published. */
  stop: () => Promise<void>;
  /** Says that this copy lives. Answers whether it was known to until now. */
  renew: () => Promise<boolean>;
  /** Makes sure that this copy is known to live before it begins to watch a call. */
  ready: () => Promise<void>;
  /** Says that this copy leaves: others may take its calls at once. */
  retire: () => Promise<void>;
}>;

/** A copy that has not said for so long that it lives is dead, or hangs. */
const leaseMs = 3_500;
/** So long before its end a lease is too short to begin with. */
const reserveMs = 1_500;

export function watchesOf(dependencies: WatchesDependencies): Watches {
  const { copy, watchers, clock, log, onEnd } = dependencies;
  const watches = new Map<string, Watch>();
  const standbys = new Map<string, Watch>();
  let knownUntilMs = 0;
  const closing = new Set<Promise<void>>();
  function leave(key: string, how: 'close' | 'handOver'): Promise<void> {
    const left = (watches.get(key)?.[how]() ?? Promise.resolve()).finally(() => closing.delete(left));
    closing.add(left);
    watches.delete(key);
    return left;
  }
  async function renew(): Promise<boolean> {
    const nowMs = clock.now().getTime();
    const wasKnown = await watchers.update(copy, (known) => ({
      result: known !== undefined && known.untilMs > nowMs,
      state: { untilMs: nowMs + leaseMs },
    }));
    knownUntilMs = nowMs + leaseMs;
    return wasKnown;
  }
  return {
    copy,
    async open(call, timeoutMs) {
      const watch = await openWatch(dependencies, call, { timeoutMs, onEnd });
      watches.set(callKey(call), watch);
      return watch;
    },
    async resume(call) {
      const key = callKey(call);
      if (watches.has(key)) return;
      const standby = standbys.get(key);
      standbys.delete(key);
      // It is known as watched first: what makes it end at once closes it.
      if (standby !== undefined) watches.set(key, standby);
      else watches.set(key, await openWatch(dependencies, call, { timeoutMs: 0, isResumed: true, onEnd }));
      standby?.goOn(call, onEnd);
    },
    async standBy(call) {
      const key = callKey(call);
      if (watches.has(key) || standbys.has(key)) return;
      const leaveIt = (): void => {
        void standbys.get(key)?.handOver();
        standbys.delete(key);
      };
      const options = { timeoutMs: 0, isResumed: true, isStandby: true, onEnd: leaveIt };
      standbys.set(key, await openWatch(dependencies, call, options));
    },
    close: (call) => void leave(callKey(call), 'close').catch((error: unknown) => log.warn({ error }, 'a watch broke')),
    drop: (call) => leave(callKey(call), 'handOver'),
    calls: () => [...watches.values()].map(({ call }) => call),
    async stop() {
      for (const standby of standbys.values()) void standby.handOver();
      standbys.clear();
      for (const key of watches.keys()) void leave(key, 'handOver');
      await Promise.allSettled(closing);
    },
    renew,
    async ready() {
      if (clock.now().getTime() > knownUntilMs - reserveMs) await renew();
    },
    retire: () => watchers.update(copy, (known) => ({ result: undefined, ...(known && { state: { untilMs: 0 } }) })),
  };
}
