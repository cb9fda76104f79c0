import { inParallel } from '@vox/platform/time';
import { aloneTag, type LiveSession, watchedCall } from '../../calls/mod.ts';
import type { TakeOverDependencies } from './take-over-calls.ts';

const callsMax = 200;

/**
 * Hears the calls that one other copy alone hears. When that copy dies, what the provider said until another took over
 * is told by nobody else.
 */
export async function standByCalls(dependencies: TakeOverDependencies): Promise<void> {
  const { watchers, watches, sessions, sealKey } = dependencies;
  const copies = await watchers.keys(2);
  if (copies.every((copy) => copy === watches.copy)) return;
  const alone = await sessions.tagged(aloneTag, callsMax);
  await inParallel(alone, async ({ key: sessionId }) => {
    const heard = await sessions.update<LiveSession | undefined>(sessionId, (known) => {
      if (known?.kind !== 'live' || known.standby !== undefined || known.watcher === watches.copy)
        return { result: undefined };
      const state = { ...known, standby: watches.copy };
      return { result: state, state };
    });
    const call = heard && watchedCall(sealKey, sessionId, heard);
    if (call !== undefined) await watches.standBy(call);
  });
}
