import type { Verdict } from '@vox/shared/bus';
import { type Fact, QuotaSettled, QuotaThreshold, type SessionDenied, type SessionEnded } from '@vox/shared/contracts';
import { nothing } from '../decide/amount.ts';
import { type Caps, capsOf, newBudget, settle } from '../decide/budget.ts';
import { type Admitted, usedBy, withConnected } from '../decide/record.ts';
import { type Cause, settledFact, thresholdFacts } from '../publish/facts.ts';
import type { Needs } from './needs.ts';

export const onSessionEnded =
  (needs: Needs) =>
  async (ended: Fact<typeof SessionEnded>): Promise<Verdict> => {
    const { sessionId, connectedSeconds } = ended.data;
    await close(needs, { sessionId, at: needs.clock.now(), traceparent: ended.traceparent }, connectedSeconds);
    return 'done';
  };

/** The broker said no after the budget was held: all of it goes back. */
export const onSessionDenied =
  (needs: Needs) =>
  async (denied: Fact<typeof SessionDenied>): Promise<Verdict> => {
    if (denied.data.by === 'quota') return 'done';
    await close(needs, { sessionId: denied.data.sessionId, at: needs.clock.now(), traceparent: denied.traceparent }, 0);
    return 'done';
  };

/** Closes the record, so that no report changes it any more, settles the budget once, and tells it. Any repeat says the same. */
export async function close(needs: Needs, cause: Cause, connectedSeconds: number): Promise<void> {
  const record = await needs.requests.change(cause.sessionId, (known) => {
    if (known?.kind !== 'admitted' || known.closed) return { result: known };
    const closed: Admitted = { ...withConnected(known, connectedSeconds), closed: true };
    return { result: closed, state: closed };
  });
  if (record?.kind !== 'admitted') return;
  const caps = capsFor(needs, record);
  const reservation = await needs.budgets.change(record.budgetKey, (budget = newBudget) => {
    const state = settle(budget, caps, cause.sessionId, usedBy(record));
    const result = state.reservations[cause.sessionId];
    return state === budget ? { result } : { result, state };
  });
  if (reservation?.settlement === undefined) return;
  await needs.bus.publish(QuotaSettled, settledFact(record, reservation.amount, reservation.settlement, cause));
  for (const fact of thresholdFacts(record, reservation.settlement, cause))
    await needs.bus.publish(QuotaThreshold, fact);
}

/** Without a policy nothing more is free than what was held. */
export function capsFor(needs: Needs, record: Admitted): Caps {
  const limits = needs.policies.get(record.tenantId)?.limits[record.identity.kind];
  return limits === undefined ? { day: nothing, month: nothing } : capsOf(limits);
}
