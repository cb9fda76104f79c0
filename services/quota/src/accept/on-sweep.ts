import { leftPending } from '@vox/platform/store';
import { inParallel } from '@vox/platform/time';
import type { PendingReservation } from '../decide/budget.ts';
import { type RequestRecord, recordDueAtMs, withReservation } from '../decide/record.ts';
import { giveBack } from './give-back.ts';
import { keepUp } from './keep-up.ts';
import type { Needs } from './needs.ts';
import { close } from './on-session-over.ts';

const batch = 100;

/**
 * Goes on where a crash left off, settles what nobody settled, books what was found too late, and forgets old decisions. Several copies may run
 * it at once.
 */
export async function sweep(needs: Needs): Promise<void> {
  const at = needs.clock.now();
  await inParallel(await needs.budgets.due(at.getTime(), batch), async ({ key, state }) => {
    for (const sessionId of leftPending(state, at.getTime())) {
      const pending = state.pending[sessionId];
      if (pending !== undefined) await goOn(needs, key, sessionId, pending, at);
    }
  });
  await inParallel(await needs.requests.due(at.getTime(), batch), ({ key, state }) => attend(needs, key, state, at));
}

/** Brings what is pending to its end. A hold that nobody decided on is denied first, so that whoever still means to admit it finds that out. */
async function goOn(
  needs: Needs,
  budgetKey: string,
  sessionId: string,
  pending: PendingReservation,
  at: Date,
): Promise<void> {
  const [tenantId = ''] = budgetKey.split(':');
  const { identity, atMs: _since, ...reservation } = pending;
  const denied: RequestRecord = {
    kind: 'denied',
    tenantId,
    identity,
    denial: { reason: 'expired' },
    decidedAtMs: at.getTime(),
  };
  await needs.requests.update(sessionId, (known) => {
    if (known === undefined) return { result: undefined, state: denied };
    const after = known.kind === 'admitted' ? withReservation(known, reservation) : known;
    return after === known ? { result: undefined } : { result: undefined, state: after };
  });
  await giveBack(needs, budgetKey, sessionId);
}

async function attend(needs: Needs, sessionId: string, record: RequestRecord, at: Date): Promise<void> {
  if (record.kind === 'admitted' && record.reservation.settlement === undefined)
    return close(needs, { sessionId, at }, (known) => known);
  if (record.kind === 'admitted') await keepUp(needs, record, { sessionId, at });
  await needs.requests.update(sessionId, (known) =>
    known !== undefined && recordDueAtMs(known) <= at.getTime()
      ? { result: undefined, remove: true }
      : { result: undefined },
  );
}
