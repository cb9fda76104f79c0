import { type Sessions, watcherTag } from '../../calls/mod.ts';
import type { TakeOverDependencies } from './take-over-calls.ts';

const pageSize = 200;

/** Says that this copy lives. One that hung may find that others watch its calls, and leaves those to them. */
export async function renewWatch({
  watches,
  sessions,
}: Pick<TakeOverDependencies, 'watches' | 'sessions'>): Promise<void> {
  if (await watches.renew()) return;
  const ours = await callsUnder(sessions, watcherTag(watches.copy));
  const others = watches.calls().filter(({ callId }) => !ours.has(callId));
  await Promise.all(others.map(({ callId }) => watches.drop(callId)));
}

async function callsUnder(sessions: Pick<Sessions, 'tagged'>, tag: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (let after: string | undefined; ; ) {
    const page = await sessions.tagged(tag, pageSize, after);
    for (const { state } of page) if (state.kind === 'live' && state.callId !== undefined) found.add(state.callId);
    after = page.at(-1)?.key;
    if (page.length < pageSize) return found;
  }
}
