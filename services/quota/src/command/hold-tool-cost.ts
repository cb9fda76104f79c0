import type { ToolCostAnswer } from '@vox/contracts';
import type { Clock } from '@vox/platform/time';
import { larger } from '../decide/amount.ts';
import type { Shortfall } from '../decide/budget.ts';
import { calendarOf, resetsAtOf } from '../decide/calendar.ts';
import { capsUnder } from '../decide/caps.ts';
import { type Admitted, hasTool, withoutTool, withTool } from '../decide/record.ts';
import { mostOf } from '../decide/recorded-usage.ts';
import { grow } from '../decide/reservation.ts';
import type { Policies } from '../keep/policies.ts';
import { type ReservationDependencies, updateAdmitted, updateReservation } from './update-reservation.ts';

export type HoldToolCostDependencies = ReservationDependencies & Readonly<{ policies: Policies; clock: Clock }>;

/** One use of a tool in a call. */
export type ToolCost = Readonly<{ tenantId: string; sessionId: string; useId: string; micros: number }>;

/**
 * Counts a use in the record of its call first, and lets the budget hold it then, beside all that the call may still
 * use itself: of uses that come at once none is held that does not fit beside the others. What does not fit is taken
 * out of the record again. After a crash in between the cost stays counted for a use that was never run: never the
 * other way round.
 */
export async function holdToolCost(dependencies: HoldToolCostDependencies, cost: ToolCost): Promise<ToolCostAnswer> {
  const { requests } = dependencies;
  const { tenantId, sessionId } = cost;
  const record = await updateAdmitted(requests, sessionId, (known) =>
    known.tenantId === tenantId && known.reservation.settlement === undefined ? withTool(known, cost) : known,
  );
  if (record?.tenantId !== tenantId || !hasTool(record, cost)) return { kind: 'unknown' };
  const shortfall = await shortfallOf(dependencies, record, cost);
  if (shortfall === undefined) return { kind: 'held' };
  await updateAdmitted(requests, sessionId, (known) => withoutTool(known, cost));
  return { kind: 'exceeded', ...shortfall, resetsAt: resetsAt(dependencies, tenantId, shortfall) };
}

async function shortfallOf(
  dependencies: HoldToolCostDependencies,
  { budgetKey, tenantId, identity }: Admitted,
  { sessionId }: ToolCost,
): Promise<Shortfall | undefined> {
  const nowMs = dependencies.clock.now().getTime();
  const caps = capsUnder(dependencies.policies.get(tenantId), identity.kind, nowMs);
  const updated = await updateReservation<Shortfall>(
    dependencies,
    { sessionId, budgetKey },
    {
      rebook(budget, reservation, record) {
        const wanted = larger(reservation.amount, mostOf(record));
        const { budget: after, shortfall } = grow(budget, caps, { sessionId, identity, nowMs }, reservation, wanted);
        return { budget: after, result: shortfall };
      },
    },
  );
  return updated?.result;
}

function resetsAt({ policies, clock }: HoldToolCostDependencies, tenantId: string, { period }: Shortfall): string {
  const zone = policies.get(tenantId)?.timeZone ?? 'UTC';
  return resetsAtOf(calendarOf(zone, clock.now().getTime()), period);
}
