import { leftPending } from '@vox/platform/store';
import { inParallel } from '@vox/platform/time';
import type { PendingReservation } from '../decide/budget.ts';
import { isCounted, type RequestRecord, withReservation } from '../decide/record.ts';
import { isBooked, isForgotten } from '../decide/record-due.ts';
import type { BudgetCounters } from '../keep/budgets.ts';
import type { Requests } from '../keep/requests.ts';
import { countSettled } from './count-settled.ts';
import { coverUsage } from './cover-usage.ts';
import { type ReleaseDependencies, releasePending } from './release-pending.ts';
import { tellResets } from './reset-usage.ts';
import { type SettleDependencies, settleSession } from './settle-session.ts';
import { type SweepUsageDependencies, sweepUsage } from './sweep-usage.ts';

export type SweepDependencies = SettleDependencies &
  ReleaseDependencies &
  SweepUsageDependencies &
  Readonly<{ budgets: Pick<BudgetCounters, 'due' | 'reconcile'>; requests: Pick<Requests, 'due'> }>;

const batch = 100;

/**
 * Goes on where a crash left off, settles what nobody settled, books what was found too late, and forgets old
 * decisions. Several copies may run it at once.
 */
export async function sweepReservations(dependencies: SweepDependencies): Promise<void> {
  const { budgets, requests, clock } = dependencies;
  const at = clock.now();
  await inParallel(await budgets.due(at.getTime(), batch), async ({ key, state }) => {
    for (const sessionId of leftPending(state, at.getTime())) {
      const pending = state.pending[sessionId];
      if (pending !== undefined) await finishPending(dependencies, key, sessionId, pending, at);
    }
    await tellResets(dependencies, key, state);
  });
  await inParallel(await requests.due(at.getTime(), batch), ({ key, state }) =>
    finishRequest(dependencies, key, state, at),
  );
  await sweepUsage(dependencies, at);
}

/**
 * Brings what is pending to its end. A hold that nobody decided on is denied first, so that a copy that still means to
 * admit it finds that out.
 */
async function finishPending(
  dependencies: SweepDependencies,
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
  await dependencies.requests.update(sessionId, (known) => {
    if (known === undefined) return { result: undefined, state: denied };
    const after = known.kind === 'admitted' ? withReservation(known, reservation) : known;
    return after === known ? { result: undefined } : { result: undefined, state: after };
  });
  await releasePending(dependencies, budgetKey, sessionId);
}

/** Settles a call whose lease is over, books and counts what is not yet, and forgets a decision that is old. */
async function finishRequest(
  dependencies: SweepDependencies,
  sessionId: string,
  record: RequestRecord,
  at: Date,
): Promise<void> {
  if (record.kind === 'admitted' && record.reservation.settlement === undefined)
    return settleSession(dependencies, { sessionId });
  if (record.kind === 'admitted' && isBooked(record) && !isCounted(record))
    return countSettled(dependencies, sessionId, record, at);
  if (record.kind === 'admitted') await coverUsage(dependencies, record, { sessionId, at });
  await dependencies.requests.update(sessionId, (known) =>
    known !== undefined && isForgotten(known, at.getTime())
      ? { result: undefined, remove: true }
      : { result: undefined },
  );
}
