import type { SealKeys } from '@vox/platform/crypto';
import { type Clock, inParallel } from '@vox/platform/time';
import { type LiveSession, type Sessions, standbyTag, watchedCall, watcherTag } from '../../calls/mod.ts';
import type { Watchers, Watches } from '../../watch/mod.ts';

export type TakeOverDependencies = Readonly<{
  watchers: Pick<Watchers, 'due' | 'update' | 'keys'>;
  watches: Pick<Watches, 'copy' | 'ready' | 'resume' | 'standBy' | 'renew' | 'calls' | 'drop'>;
  sessions: Pick<Sessions, 'tagged' | 'update'>;
  sealKey: SealKeys;
  clock: Clock;
}>;

const copiesMax = 8;
const callsMax = 200;

/**
 * Watches the calls of copies that have not said for a while that they live. A call that another living copy heard too
 * is left to that one, which has missed nothing.
 */
export async function takeOverCalls(dependencies: TakeOverDependencies): Promise<void> {
  const { watchers, watches, sessions, clock } = dependencies;
  const nowMs = clock.now().getTime();
  const gone = (await watchers.due(nowMs, copiesMax)).map(({ key }) => key).filter((key) => key !== watches.copy);
  for (const from of gone) {
    const left = await sessions.tagged(watcherTag(from), callsMax);
    const heard = await sessions.tagged(standbyTag(from), callsMax);
    if (left.length > 0) await watches.ready();
    await inParallel(left, ({ key }) => takeOver(dependencies, key, gone));
    await inParallel(heard, ({ key }) => leaveAlone(dependencies, key, from));
    if (left.length + heard.length === 0)
      await watchers.update(from, (known) =>
        known !== undefined && known.untilMs <= nowMs ? { result: undefined, remove: true } : { result: undefined },
      );
  }
}

async function takeOver(
  { watches, sessions, sealKey }: TakeOverDependencies,
  sessionId: string,
  gone: readonly string[],
): Promise<void> {
  const taken = await sessions.update<LiveSession | undefined>(sessionId, (known) => {
    if (known?.kind !== 'live' || known.watcher === undefined || !gone.includes(known.watcher))
      return { result: undefined };
    const { standby = watches.copy } = known;
    if (standby !== watches.copy && !gone.includes(standby)) return { result: undefined };
    const state = { ...known, watcher: watches.copy, standby: undefined };
    return { result: state, state };
  });
  const call = taken && watchedCall(sealKey, sessionId, taken);
  if (call !== undefined) await watches.resume(call);
}

/** The copy that stood by a call is gone: another one may. */
const leaveAlone = (
  { sessions }: Pick<TakeOverDependencies, 'sessions'>,
  sessionId: string,
  from: string,
): Promise<void> =>
  sessions.update(sessionId, (known) =>
    known?.kind === 'live' && known.standby === from
      ? { result: undefined, state: { ...known, standby: undefined } }
      : { result: undefined },
  );
