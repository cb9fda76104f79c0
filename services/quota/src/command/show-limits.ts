import { identityKinds, type ShownLimits } from '@vox/contracts';
import { noTenant } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { calendarOf } from '../decide/calendar.ts';
import { shownLimits } from '../decide/shown-limits.ts';
import { type BudgetCounters, budgetKey } from '../keep/budgets.ts';
import type { Policies } from '../keep/policies.ts';

export type ShowLimitsDependencies = Readonly<{
  budgets: Pick<BudgetCounters, 'read'>;
  policies: Policies;
  clock: Clock;
}>;

/** What remains of a tenant's limits. Throws Fault NOT_FOUND for an unknown tenant. */
export async function showLimits(
  { budgets, policies, clock }: ShowLimitsDependencies,
  tenantId: string,
): Promise<ShownLimits> {
  const policy = policies.get(tenantId);
  if (policy === undefined) throw noTenant(tenantId);
  const nowMs = clock.now().getTime();
  const calendar = calendarOf(policy.timeZone, nowMs);
  const kinds = identityKinds.map(async (kind) => {
    const budget = await budgets.read(budgetKey(tenantId, kind, calendar.month));
    return shownLimits(policy, kind, budget, { calendar, nowMs });
  });
  return { day: calendar.day, kinds: await Promise.all(kinds) };
}
