import { type Budget, type Reservation, reconcile, standing } from '../decide/budget.ts';
import { type Admitted, heldBy, withReservation } from '../decide/record.ts';
import type { Needs } from '../dependencies.ts';

/** A budget after a change of one session's reservation, and what else the decision has to say. */
export type Rebooked<R> = Readonly<{ budget: Budget; result?: R | undefined }>;

/**
 * Changes what is held or booked for an admitted session: the budget's counts first, then the record, which takes the reservation over. The record is
 * asked after the budget and before it is written, so a change is made once, whoever makes it and wherever one of them crashes: it is pending in
 * the budget until the record says the same.
 */
export async function rebook<R>(
  needs: Needs,
  sessionId: string,
  budgetKey: string,
  decide: (budget: Budget, reservation: Reservation, record: Admitted) => Rebooked<R>,
  withMore: (record: Admitted) => Admitted = (record) => record,
): Promise<Readonly<{ record: Admitted; result?: R | undefined }> | undefined> {
  const changed = await needs.budgets.update(budgetKey, async (counter) => {
    const record = await needs.requests.read(sessionId);
    if (record?.kind !== 'admitted') return { result: undefined, counter };
    const reconciled = reconcile(counter, sessionId, heldBy(record));
    const { budget, result } = decide(reconciled, standing(reconciled, sessionId, record.reservation), record);
    return { result: { reservation: standing(budget, sessionId, record.reservation), result }, counter: budget };
  });
  if (changed === undefined) return undefined;
  const record = await needs.requests.update(sessionId, (known) => {
    if (known?.kind !== 'admitted') return { result: undefined };
    const after = withReservation(withMore(known), changed.reservation);
    return after === known ? { result: known } : { result: after, state: after };
  });
  if (record === undefined) return undefined;
  needs.budgets.confirm(budgetKey, sessionId, record.reservation.seq);
  return { record, result: changed.result };
}
