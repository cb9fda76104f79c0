import type { Budget, Reservation } from '../decide/budget.ts';
import { type Admitted, reservationOf, withReservation } from '../decide/record.ts';
import { reconcile, standing } from '../decide/reservation.ts';
import type { BudgetCounters } from '../keep/budgets.ts';
import type { Requests } from '../keep/requests.ts';

export type ReservationDependencies = Readonly<{
  budgets: Pick<BudgetCounters, 'update' | 'confirm'>;
  requests: Pick<Requests, 'read' | 'update'>;
}>;

/** A budget after a change of one session's reservation, and what else was decided. */
export type Rebooking<R> = Readonly<{ budget: Budget; result?: R | undefined }>;

type ReservationUpdate<R> = Readonly<{
  rebook: (budget: Budget, reservation: Reservation, record: Admitted) => Rebooking<R>;
  /** What else the record takes over. */
  takeOver?: (record: Admitted) => Admitted;
}>;

/** `budget` is as `record` knows it. It is absent where the record's reservation was changed by others meanwhile. */
export type UpdatedReservation<R> = Readonly<{
  record: Admitted;
  budget?: Budget | undefined;
  result?: R | undefined;
}>;

/**
 * Changes what is held or booked for an admitted session: first the budget's counts, then the record, which takes the
 * reservation over. The record is read after the budget and before the budget is written. So a change is made once,
 * whoever makes it and wherever one of them crashes: it is pending in the budget until the record says the same.
 */
export async function updateReservation<R>(
  { budgets, requests }: ReservationDependencies,
  { sessionId, budgetKey }: Readonly<{ sessionId: string; budgetKey: string }>,
  { rebook, takeOver = (record) => record }: ReservationUpdate<R>,
): Promise<UpdatedReservation<R> | undefined> {
  const changed = await budgets.update(budgetKey, async (counter) => {
    const known = await requests.read(sessionId);
    if (known?.kind !== 'admitted') return { result: undefined, counter };
    const reconciled = reconcile(counter, sessionId, reservationOf(known));
    const { budget, result } = rebook(reconciled, standing(reconciled, sessionId, known.reservation), known);
    const reservation = standing(budget, sessionId, known.reservation);
    return { result: { known, budget, reservation, result }, counter: budget };
  });
  if (changed === undefined) return undefined;
  const { known, budget, reservation, result } = changed;
  const after = (record: Admitted): Admitted => withReservation(takeOver(record), reservation);
  // A repeat finds that the record says all of it already.
  const record = after(known) === known ? known : await updateAdmitted(requests, sessionId, after);
  if (record === undefined) return undefined;
  budgets.confirm(budgetKey, sessionId, record.reservation.seq);
  const isSame = record.reservation.seq === reservation.seq && record.reservation.root === reservation.root;
  return { record, budget: isSame ? budget : undefined, result };
}

/** Changes the record of an admitted request, and answers what it says then. */
export const updateAdmitted = (
  requests: Pick<Requests, 'update'>,
  sessionId: string,
  change: (record: Admitted) => Admitted,
): Promise<Admitted | undefined> =>
  requests.update<Admitted | undefined>(sessionId, (known) => {
    if (known?.kind !== 'admitted') return { result: undefined };
    const after = change(known);
    return after === known ? { result: known } : { result: after, state: after };
  });
