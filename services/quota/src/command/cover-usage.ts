import { QuotaAdjusted, QuotaExceeded, QuotaThreshold } from '@vox/contracts';
import { exceeding, larger, plus } from '../decide/amount.ts';
import {
  type Budget,
  type Caps,
  grow,
  type Reservation,
  type Short,
  settleMore,
  type Whose,
} from '../decide/budget.ts';
import { calendarOf } from '../decide/calendar.ts';
import { type Admitted, usedBy } from '../decide/record.ts';
import { worstCase } from '../decide/worst-case.ts';
import { adjustedFact, type Cause, exceededFact, thresholdFacts } from '../publish/facts.ts';
import { capsFor } from '../decide/caps.ts';
import type { Needs } from '../dependencies.ts';
import { type Rebooked, rebook } from './update-reservation.ts';

/** A call that outgrows its reservation gets more in steps of so many seconds of worst case. */
const stepSeconds = 60;

/**
 * Lets the budget keep up with what a call is found to have used: more is held when it outgrows its reservation, and when the budget has no more, the
 * call must end; what is found after it was settled is booked as far as the caps still hold it.
 */
export async function keepUp(needs: Needs, found: Admitted, cause: Cause): Promise<void> {
  const { settlement, amount } = found.reservation;
  if (settlement === undefined && exceeding(usedBy(found), amount) === undefined) return;
  const caps = capsFor(needs, found);
  const kept = await rebook(needs, cause.sessionId, found.budgetKey, (budget, reservation, record) => {
    const whose = { sessionId: cause.sessionId, identity: record.identity, nowMs: cause.at.getTime() };
    return reservation.settlement === undefined
      ? cover(budget, caps, whose, reservation, record)
      : { budget: settleMore(budget, caps, whose, reservation, usedBy(record)) };
  });
  if (kept === undefined) return;
  const { record, result: short } = kept;
  if (record.reservation.settlement !== undefined) await tellAdjusted(needs, record, cause);
  else if (short !== undefined) await tellExceeded(needs, record, short, cause);
}

function cover(
  budget: Budget,
  caps: Caps,
  whose: Whose,
  reservation: Reservation,
  record: Admitted,
): Rebooked<Short | undefined> {
  const used = usedBy(record);
  const { amount } = reservation;
  if (exceeding(used, amount) === undefined) return { budget };
  const wanted = larger(amount, plus(used, { ...worstCase(record.price, stepSeconds), seconds: 0 }));
  const generous = grow(budget, caps, whose, reservation, wanted);
  const grown = generous.short === undefined ? generous : grow(budget, caps, whose, reservation, larger(amount, used));
  return { budget: grown.budget, result: grown.short };
}

/** The id names the totals, so that a repeat tells the same fact; the thresholds know their own. */
async function tellAdjusted(needs: Needs, record: Admitted, cause: Cause): Promise<void> {
  const { settlement } = record.reservation;
  if (settlement === undefined) return;
  await needs.bus.publish(QuotaAdjusted, adjustedFact(record, settlement, cause));
  for (const fact of thresholdFacts(record, settlement, cause)) await needs.bus.publish(QuotaThreshold, fact);
}

/** Says that the call must end, under one id however often. */
export async function tellExceeded(needs: Needs, record: Admitted, short: Short, cause: Cause): Promise<void> {
  const zone = needs.policies.get(record.tenantId)?.timeZone ?? 'UTC';
  const calendar = calendarOf(zone, cause.at.getTime());
  const resetsAtMs = short.period === 'day' ? calendar.nextDayAtMs : calendar.nextMonthAtMs;
  await needs.bus.publish(QuotaExceeded, exceededFact(record, short, resetsAtMs, cause));
}
