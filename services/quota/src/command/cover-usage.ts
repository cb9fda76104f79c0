import { exceeding, larger, plus } from '../decide/amount.ts';
import type { Budget, Reservation, Shortfall } from '../decide/budget.ts';
import { type Caps, capsUnder } from '../decide/caps.ts';
import type { Admitted } from '../decide/record.ts';
import { usedBy } from '../decide/recorded-usage.ts';
import { grow, type ReservationOwner, settleMore } from '../decide/reservation.ts';
import { worstCase } from '../decide/worst-case.ts';
import type { Cause } from '../publish/facts.ts';
import { publishAdjusted } from '../publish/publish-settlement.ts';
import { type CountSettledDependencies, countSettled } from './count-settled.ts';
import { type EndDependencies, endCall } from './end-call.ts';
import {
  type Rebooking,
  type ReservationDependencies,
  type UpdatedReservation,
  updateReservation,
} from './update-reservation.ts';

/** A call that outgrows its reservation gets more in steps of so many seconds of worst case. */
const stepSeconds = 60;

export type CoverDependencies = ReservationDependencies & EndDependencies & CountSettledDependencies;

/** A record, and its budget where that was asked. */
export type CoveredUsage = Pick<UpdatedReservation<never>, 'record' | 'budget'>;

/**
 * Lets the budget keep up with what a call is found to have used. A call that outgrows its reservation gets more held;
 * when the budget has no more, the call must end. What a settled call is found to have used is booked as far as the
 * caps hold it. Answers nothing if the record has gone.
 *
 * How far a brokered call can pass its budget: up to the last count that the budget could hold, all is held and will be
 * booked. The next one does not fit, and `quota.exceeded` is published before that count is acknowledged. So at most
 * one response stays uncovered, and what the provider counts from then until the call is dead there. Counts that are
 * under way at once, such as an utterance beside a response, stand for one. What is uncovered is never booked (I1).
 */
export async function coverUsage(
  dependencies: CoverDependencies,
  found: Admitted,
  cause: Cause,
): Promise<CoveredUsage | undefined> {
  const { settlement, amount } = found.reservation;
  if (settlement === undefined && exceeding(usedBy(found), amount) === undefined) return { record: found };
  const { sessionId, at } = cause;
  const caps = capsUnder(dependencies.policies.get(found.tenantId), found.identity.kind, at.getTime());
  const updated = await updateReservation<Shortfall>(
    dependencies,
    { sessionId, budgetKey: found.budgetKey },
    {
      rebook(budget, reservation, record) {
        const owner = { sessionId, identity: record.identity, nowMs: at.getTime() };
        return reservation.settlement === undefined
          ? grown(budget, caps, owner, reservation, record)
          : { budget: settleMore(budget, caps, owner, reservation, usedBy(record)) };
      },
    },
  );
  if (updated === undefined) return undefined;
  const { record, result: shortfall } = updated;
  if (record.reservation.settlement !== undefined) {
    await publishAdjusted(dependencies.bus, record, record.reservation.settlement, cause);
    await countSettled(dependencies, sessionId, record, at);
  } else if (shortfall !== undefined) await endCall(dependencies, record, shortfall, cause);
  return updated;
}

/** Holds a step more than what was used, or else just what was used. */
function grown(
  budget: Budget,
  caps: Caps,
  owner: ReservationOwner,
  reservation: Reservation,
  record: Admitted,
): Rebooking<Shortfall> {
  const used = usedBy(record);
  const { amount } = reservation;
  if (exceeding(used, amount) === undefined) return { budget };
  const wanted = larger(amount, plus(used, { ...worstCase(record.price, stepSeconds), seconds: 0 }));
  const generous = grow(budget, caps, owner, reservation, wanted);
  const after =
    generous.shortfall === undefined ? generous : grow(budget, caps, owner, reservation, larger(amount, used));
  return { budget: after.budget, result: after.shortfall };
}
