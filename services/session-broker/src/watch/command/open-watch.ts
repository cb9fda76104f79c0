import { setTimeout as pause } from 'node:timers/promises';
import { dependencyOf, ProviderFailure, type Sideband } from '../../provider/mod.ts';
import { retryPauseMs, unheardMaxMs, type WatchEnd, type WatchedCall } from '../decide/call.ts';
import { type HearDependencies, hearCall } from './hear-call.ts';

export type OpenWatchDependencies = HearDependencies;

/** A call that is heard. `close` ends that with the call; `handOver` leaves the call to another copy. */
export type Watch = Readonly<{
  call: WatchedCall;
  /** The hash of the settings that the call began with, once they are known. */
  settings: () => string | undefined;
  /** Of one that stood by: it watches the call from now on. */
  goOn: (call: WatchedCall, onEnd: WatchOptions['onEnd']) => void;
  close: () => Promise<void>;
  handOver: () => Promise<void>;
}>;

export type WatchOptions = Readonly<{
  /** How long the first sideband may take to open. */
  timeoutMs: number;
  /** Another copy watched the call before, or watches it: its sideband is opened as one that broke. */
  isResumed?: boolean;
  /** It hears the call in case that its watcher dies, and says nothing. */
  isStandby?: boolean;
  /** The call is over, or must end, for a reason that only its watch knows. Called once. */
  onEnd: (call: WatchedCall, why: WatchEnd) => void;
}>;

const openMs = 3_000;
/** So long after a call's end its last words may still be published. */
const lastWordsMs = 10_000;
/** So long after a call's end the provider may still say what it used. */
const lastEventsMs = 1_000;
const unknownCall = 404;

/**
 * Opens the sideband of a call and hears it until it is closed. A sideband that breaks is opened again; when that does
 * not succeed for a while, or the provider knows no such call any more, the watch says so. Throws ProviderFailure when
 * the first one does not open in time.
 */
export async function openWatch(
  dependencies: OpenWatchDependencies,
  given: WatchedCall,
  { timeoutMs, isResumed = false, isStandby = false, ...options }: WatchOptions,
): Promise<Watch> {
  const { clock, log, providers } = dependencies;
  const provider = providers.of(given.provider);
  const stopped = new AbortController();
  const onAgentEnd = (): void => over('agent');
  const heard = hearCall(dependencies, given, { signal: stopped.signal, isStandby, onAgentEnd });
  let { onEnd } = options;
  let call = given;
  let sideband: Sideband | undefined;
  let isOver = false;
  let closed = Promise.withResolvers<void>();
  const over = (why: WatchEnd): void => {
    if (isOver) return;
    isOver = true;
    heard.giveUp();
    onEnd(call, why);
  };
  const overIf = (why: WatchEnd | undefined): void => {
    if (why !== undefined) over(why);
  };
  const tell = { send: (event: object) => sideband?.send(event), isOpen: () => sideband !== undefined };
  const listener = {
    onEvent(text: string): void {
      if (isOver && sideband === undefined) return;
      overIf(heard.hear(text, tell));
    },
    onClosed(): void {
      sideband = undefined;
      closed.resolve();
      if (!isOver) void hearAgain();
    },
  };
  async function hearAgain(): Promise<void> {
    const lostAtMs = clock.now().getTime();
    for (let tries = 0; !isOver; tries += 1) {
      await pause(retryPauseMs(tries), undefined, { signal: stopped.signal }).catch(() => undefined);
      if (isOver) return;
      try {
        closed = Promise.withResolvers<void>();
        sideband = await provider.openSideband(call.callId, listener, openMs);
        if (isOver) sideband.close();
        return;
      } catch (error) {
        if (error instanceof ProviderFailure && error.status === unknownCall) return over('provider');
        if (clock.now().getTime() - lostAtMs >= unheardMaxMs) return over('lost');
        log.warn({ dependency: dependencyOf(given.provider), error }, 'a call is not heard and is tried again');
      }
    }
  }
  async function leave(isLast: boolean): Promise<void> {
    isOver = true;
    if (isLast) heard.giveUp();
    // The provider closes a call that it ended, behind the last that it has to say.
    if (isLast && sideband !== undefined) await Promise.race([closed.promise, pause(lastEventsMs)]);
    sideband?.close();
    sideband = undefined;
    const timer = setTimeout(() => stopped.abort(), lastWordsMs);
    await heard.finish(isLast);
    clearTimeout(timer);
    stopped.abort();
  }
  if (isResumed) void hearAgain();
  else sideband = await provider.openSideband(call.callId, listener, timeoutMs);
  return {
    get call() {
      return call;
    },
    goOn(taken, end) {
      [call, onEnd] = [taken, end];
      overIf(heard.goOn(taken, tell));
    },
    settings: heard.settings,
    close: () => leave(true),
    handOver: () => leave(false),
  };
}
