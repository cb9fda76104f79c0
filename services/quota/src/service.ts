import { PolicyDocument } from '@vox/contracts';
import { accessGuard } from '@vox/platform/access';
import { answerStatus, type KnownCopy } from '@vox/platform/status';
import { countersIn } from '@vox/platform/store';
import type { Log } from '@vox/platform/telemetry';
import { repeat } from '@vox/platform/time';
import { sweepReservations } from './command/sweep-reservations.ts';
import { watchModelEnds } from './command/watch-model-ends.ts';
import { startConsumers } from './consumers.ts';
import { type Bounds, defaultBounds } from './decide/believable.ts';
import { newBudget } from './decide/budget.ts';
import { newUsageDay } from './decide/usage-day.ts';
import type { Dependencies } from './dependencies.ts';
import type { Budgets } from './keep/budgets.ts';
import { modelEndWarnings } from './publish/warn-of-model-end.ts';
import { startResponders } from './responders.ts';

export type QuotaOptions = Omit<Dependencies, 'policies' | 'budgets' | 'usageCounters' | 'bounds' | 'warnOfModelEnd'> &
  Readonly<{ budgets: Budgets; bounds?: Bounds; sweepMs: number; log: Log; copy?: KnownCopy }>;

/** Wires the rooms of quota. It opens nothing itself. */
export async function startQuota(
  options: QuotaOptions,
): Promise<{ stop: () => Promise<void>; sweep: () => Promise<void> }> {
  const { bus, clock, log, sweepMs } = options;
  const policies = await bus.documents(PolicyDocument).follow();
  const dependencies: Dependencies = {
    ...options,
    budgets: countersIn(options.budgets, newBudget),
    usageCounters: countersIn(options.usageDays, newUsageDay),
    policies,
    bounds: options.bounds ?? defaultBounds,
    warnOfModelEnd: modelEndWarnings(options),
  };
  const unwatch = watchModelEnds({ policies, prices: options.prices, clock });
  const guard = await accessGuard('quota', bus, clock);
  const running = [
    ...(await startConsumers(bus, dependencies)),
    ...(await startResponders(guard.bus, { ...dependencies, policies })),
    await answerStatus(guard.bus, { service: 'quota', bus, copy: options.copy }),
  ];
  const sweep = () => sweepReservations(dependencies);
  const sweeping = repeat(sweepMs, sweep, (error) => log.warn({ error }, 'a sweep failed and will be tried again'));
  return {
    sweep,
    async stop() {
      await sweeping.stop();
      for (const each of running.reverse()) await each.stop();
      await guard.stop();
      unwatch();
      await policies.stop();
    },
  };
}
