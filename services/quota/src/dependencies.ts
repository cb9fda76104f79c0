import type { Bus } from '@vox/platform/bus';
import type { Clock } from '@vox/platform/time';
import type { Bounds } from './decide/believable.ts';
import type { PriceList } from './decide/price.ts';
import type { BudgetCounters } from './keep/budgets.ts';
import type { Policies } from './keep/policies.ts';
import type { Requests } from './keep/requests.ts';
import type { UsageCounters, UsageDays } from './keep/usage-days.ts';
import type { WarnOfModelEnd } from './publish/warn-of-model-end.ts';

/** All that quota is wired from. Each command takes the few of these that it uses. */
export type Dependencies = Readonly<{
  bus: Bus;
  budgets: BudgetCounters;
  requests: Requests;
  usageDays: UsageDays;
  usageCounters: UsageCounters;
  policies: Policies;
  prices: readonly PriceList[];
  bounds: Bounds;
  warnOfModelEnd: WarnOfModelEnd;
  clock: Clock;
}>;
