import type { Delivery, Verdict } from '@vox/shared/bus';
import {
  type Fact,
  QuotaAdjusted,
  QuotaExceeded,
  QuotaThreshold,
  SessionUsage,
  type UsageMetered,
  type UsageReported,
} from '@vox/shared/contracts';
import { exceeding, larger, plus } from '../decide/amount.ts';
import { grow, newBudget, type Settled, type Short, settleMore } from '../decide/budget.ts';
import { calendarOf } from '../decide/calendar.ts';
import { worstCase } from '../decide/price.ts';
import { type Admitted, usedBy, withConnected, withReport } from '../decide/record.ts';
import { adjustedFact, type Cause, exceededFact, thresholdFacts } from '../publish/facts.ts';
import type { Needs } from './needs.ts';
import { capsFor } from './on-session-over.ts';
import { usageOf } from './session-usage.ts';

/** A call that outgrows its reservation gets more in steps of so many seconds of worst case. */
const stepSeconds = 60;

export const onUsageReported =
  (needs: Needs) =>
  async (report: Fact<typeof UsageReported>, { replyTo }: Delivery): Promise<Verdict> => {
    const { tenantId, sessionId, responseId, usage } = report.data;
    await count(needs, report, (record) => withReport(record, responseId, usage));
    if (replyTo !== undefined) await needs.bus.reply(replyTo, SessionUsage, await usageOf(needs, tenantId, sessionId));
    return 'done';
  };

export const onUsageMetered =
  (needs: Needs) =>
  async (metered: Fact<typeof UsageMetered>): Promise<Verdict> => {
    await count(needs, metered, (record) => withConnected(record, metered.data.connectedSeconds));
    return 'done';
  };

async function count(
  needs: Needs,
  fact: Fact<typeof UsageReported> | Fact<typeof UsageMetered>,
  change: (record: Admitted) => Admitted,
): Promise<void> {
  const { tenantId, sessionId } = fact.data;
  const record = await needs.requests.change(sessionId, (known) => {
    if (known?.kind !== 'admitted' || known.tenantId !== tenantId) return { result: undefined };
    const counted = change(known);
    return counted === known ? { result: known } : { result: counted, state: counted };
  });
  if (record === undefined) return;
  const cause = { sessionId, at: needs.clock.now(), traceparent: fact.traceparent };
  if (record.closed) await adjust(needs, record, cause);
  else await cover(needs, record, cause);
}

/** A report that comes after the end still raises the total, as long as the call's settlement is kept. */
async function adjust(needs: Needs, record: Admitted, cause: Cause): Promise<void> {
  const caps = capsFor(needs, record);
  const used = usedBy(record);
  const settlement = await needs.budgets.change<Settled | undefined>(record.budgetKey, (budget = newBudget) => {
    const state = settleMore(budget, caps, cause.sessionId, used);
    const result = state.reservations[cause.sessionId]?.settlement;
    return state === budget ? { result } : { result, state };
  });
  if (settlement === undefined) return;
  // The id names the totals, so that a repeat tells the same fact; the thresholds know their own.
  await needs.bus.publish(QuotaAdjusted, adjustedFact(record, settlement, cause));
  for (const fact of thresholdFacts(record, settlement, cause)) await needs.bus.publish(QuotaThreshold, fact);
}

/** Holds more when a call outgrows its reservation; when the budget has no more, says that the call must end, under one id however often. */
async function cover(needs: Needs, record: Admitted, cause: Cause): Promise<void> {
  const caps = capsFor(needs, record);
  const used = usedBy(record);
  const short = await needs.budgets.change<Short | undefined>(record.budgetKey, (budget = newBudget) => {
    const held = budget.reservations[cause.sessionId];
    if (held === undefined || held.settlement !== undefined || exceeding(used, held.amount) === undefined)
      return { result: undefined };
    const wanted = larger(held.amount, plus(used, { ...worstCase(record.price, stepSeconds), seconds: 0 }));
    const generous = grow(budget, caps, cause.sessionId, wanted);
    const grown =
      generous.short === undefined ? generous : grow(budget, caps, cause.sessionId, larger(held.amount, used));
    return grown.short === undefined ? { result: undefined, state: grown.budget } : { result: grown.short };
  });
  if (short === undefined) return;
  const zone = needs.policies.get(record.tenantId)?.timeZone ?? 'UTC';
  const calendar = calendarOf(zone, cause.at.getTime());
  const resetsAtMs = short.period === 'day' ? calendar.nextDayAtMs : calendar.nextMonthAtMs;
  await needs.bus.publish(QuotaExceeded, exceededFact(record, short, resetsAtMs, cause));
}
