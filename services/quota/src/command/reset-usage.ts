import { type IdentityKind, type ResetUsage, UsageReset } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { noTenant } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import type { z } from 'zod';
import { type Budget, type Reset, resetDay, withToldReset } from '../decide/budget.ts';
import { calendarOf } from '../decide/calendar.ts';
import { type BudgetCounters, budgetKey } from '../keep/budgets.ts';
import type { Policies } from '../keep/policies.ts';
import { resetFact } from '../publish/facts.ts';

export type TellResetDependencies = Readonly<{
  bus: Pick<Bus, 'publish'>;
  budgets: Pick<BudgetCounters, 'reconcile'>;
}>;
export type ResetUsageDependencies = TellResetDependencies &
  Readonly<{ budgets: Pick<BudgetCounters, 'update'>; policies: Policies; clock: Clock }>;

/**
 * What a tenant has used today counts as zero from now on, and stays booked. The budget keeps that it was reset until
 * its fact is published. A repeat of a request resets nothing and answers the same. Throws Fault NOT_FOUND for an
 * unknown tenant.
 */
export async function resetUsage(
  dependencies: ResetUsageDependencies,
  { tenantId, kind, actor, reason, requestId }: z.infer<(typeof ResetUsage)['request']>,
): Promise<z.infer<(typeof ResetUsage)['reply']>> {
  const { budgets, clock, policies } = dependencies;
  const policy = policies.get(tenantId);
  if (policy === undefined) throw noTenant(tenantId);
  const atMs = clock.now().getTime();
  const { day, month } = calendarOf(policy.timeZone, atMs);
  const key = budgetKey(tenantId, kind, month);
  const by = { actor, reason, requestId };
  const reset = await budgets.update(key, (before) => {
    const { budget, reset } = resetDay(before, { id: requestId, day, atMs, by });
    return { result: reset, counter: budget };
  });
  if (!reset.isTold) await tellReset(dependencies, key, reset);
  return { day: reset.day, credited: reset.credited };
}

/** Publishes the resets of a budget that a crash left untold. */
export async function tellResets(dependencies: TellResetDependencies, key: string, { resets = [] }: Budget) {
  for (const reset of resets) if (!reset.isTold) await tellReset(dependencies, key, reset);
}

async function tellReset({ bus, budgets }: TellResetDependencies, key: string, reset: Reset): Promise<void> {
  const [tenantId = '', kind] = key.split(':');
  await bus.publish(UsageReset, resetFact({ key, tenantId, identityKind: kind as IdentityKind }, reset));
  await budgets.reconcile(key, (budget) => withToldReset(budget, reset.id));
}
