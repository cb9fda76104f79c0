import { everyTagged } from '@vox/platform/store';
import { watcherTag } from '../../calls/mod.ts';
import type { TakeOverDependencies } from './take-over-calls.ts';

/** Says that this copy lives. One that hung may find that others watch its calls, and leaves those to them. */
export async function renewWatch({
  watches,
  sessions,
}: Pick<TakeOverDependencies, 'watches' | 'sessions'>): Promise<void> {
  if (await watches.renew()) return;
  const ours = new Set<string>();
  for await (const { state } of everyTagged(sessions, watcherTag(watches.copy)))
    if (state.kind === 'live' && state.callId !== undefined) ours.add(state.callId);
  const others = watches.calls().filter(({ callId }) => !ours.has(callId));
  await Promise.all(others.map(({ callId }) => watches.drop(callId)));
}
