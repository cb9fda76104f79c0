import { giveBack } from './give-back.ts';
import type { Needs } from './needs.ts';
import { close } from './on-session-over.ts';

const batch = 100;

/** Settles what nobody settled, gives back what nobody decided, and forgets old decisions. Several copies may run it at once. */
export async function sweep(needs: Needs): Promise<void> {
  const at = needs.clock.now();
  for (const { key, state } of await needs.budgets.due(at.getTime(), batch)) {
    const over = Object.entries(state.reservations).filter(
      ([, { settlement, untilMs }]) => settlement === undefined && untilMs <= at.getTime(),
    );
    for (const [sessionId] of over) await heal(needs, key, sessionId, at);
  }
  for (const { key } of await needs.requests.due(at.getTime(), batch))
    await needs.requests.change(key, () => ({ result: undefined, remove: true }));
}

async function heal(needs: Needs, key: string, sessionId: string, at: Date): Promise<void> {
  const record = await needs.requests.read(sessionId);
  if (record?.kind === 'admitted') return close(needs, { sessionId, at }, record.connectedSeconds);
  await giveBack(needs, key, sessionId);
}
