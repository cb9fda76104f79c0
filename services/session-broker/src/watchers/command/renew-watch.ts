import { everyTagged } from '@vox/platform/store';
import { watcherTag } from '../../calls/mod.ts';
import type { TakeOverDependencies } from './take-over-calls.ts';

/** Says that this copy lives. One that hung may find that others watch its calls, and leaves those to them. */
export async function renewWatch({
  watches,
  sessions,
}: Pick<TakeOverDependencies, 'watches' | 'sessions'>): Promise<void> {
  if (await watches.renew()) return;
  const ours = new Map<string, string | undefined>();
  for await (const { key, state } of everyTagged(sessions, watcherTag(watches.copy)))
    if (state.kind === 'live') ours.set(key, state.callId);
  const others = watches.calls().filter(({ sessionId, callId }) => ours.get(sessionId) !== callId);
  await Promise.all(others.map((call) => watches.drop(call)));
}
