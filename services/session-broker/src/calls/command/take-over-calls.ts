import type { SealKey } from '@vox/platform/crypto';
import { type Clock, inParallel } from '@vox/platform/time';
import type { WatchedCall, Watchers, Watches } from '../../watch/mod.ts';
import type { LiveSession } from '../decide/session.ts';
import { inTheOpen } from '../keep/sealed-person.ts';
import { type Sessions, watcherTag } from '../keep/sessions.ts';

export type TakeOverDependencies = Readonly<{
  watchers: Pick<Watchers, 'due' | 'update'>;
  watches: Pick<Watches, 'copy' | 'ready' | 'resume' | 'renew' | 'calls' | 'drop'>;
  sessions: Pick<Sessions, 'tagged' | 'update'>;
  sealKey: SealKey;
  clock: Clock;
}>;

const copiesMax = 8;
const callsMax = 200;

/** Watches the calls of copies that have not said for a while that they live. */
export async function takeOverCalls(dependencies: TakeOverDependencies): Promise<void> {
  const { watchers, watches, sessions, clock } = dependencies;
  const nowMs = clock.now().getTime();
  for (const { key: from } of await watchers.due(nowMs, copiesMax)) {
    if (from === watches.copy) continue;
    const left = await sessions.tagged(watcherTag(from), callsMax);
    if (left.length > 0) await watches.ready();
    await inParallel(left, ({ key }) => takeOver(dependencies, key, from));
    if (left.length === 0)
      await watchers.update(from, (known) =>
        known !== undefined && known.untilMs <= nowMs ? { result: undefined, remove: true } : { result: undefined },
      );
  }
}

async function takeOver(
  { watches, sessions, sealKey }: TakeOverDependencies,
  sessionId: string,
  from: string,
): Promise<void> {
  const taken = await sessions.update<LiveSession | undefined>(sessionId, (known) => {
    if (known?.kind !== 'live' || known.watcher !== from) return { result: undefined };
    const state = { ...known, watcher: watches.copy };
    return { result: state, state };
  });
  const call = taken && watched(sealKey, sessionId, taken);
  if (call !== undefined) await watches.resume(call);
}

function watched(sealKey: SealKey, sessionId: string, session: LiveSession): WatchedCall | undefined {
  const { tenantId, callId, traceparent, connectedAtMs } = session;
  if (callId === undefined) return undefined;
  const { identity } = inTheOpen(sealKey, sessionId, session);
  return { tenantId, sessionId, callId, identity, traceparent, connectedAtMs, isWhole: false };
}

/** Says that this copy lives. One that hung may find that others watch its calls, and leaves those to them. */
export async function renewWatch({ watches, sessions }: TakeOverDependencies): Promise<void> {
  if (await watches.renew()) return;
  const ours = new Set<string>();
  for (let after: string | undefined; ; ) {
    const page = await sessions.tagged(watcherTag(watches.copy), callsMax, after);
    for (const { state } of page) if (state.kind === 'live' && state.callId !== undefined) ours.add(state.callId);
    after = page.at(-1)?.key;
    if (page.length < callsMax) break;
  }
  const others = watches.calls().filter(({ callId }) => !ours.has(callId));
  await Promise.all(others.map(({ callId }) => watches.drop(callId)));
}
