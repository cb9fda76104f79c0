import { memoryStores as memoryAuth } from '@vox/auth/twins';
import { memoryStores as memoryCompliance } from '@vox/compliance/twins';
import type { QuotaOptions } from '@vox/quota/service';
import { memoryBudgets, memoryRequests, memoryUsageDays } from '@vox/quota/twins';
import type { BrokerOptions } from '@vox/session-broker/service';
import { memoryStores as memoryBroker } from '@vox/session-broker/twins';

/** The stores of all services. */
export type Stores = ReturnType<typeof memoryAuth> &
  Pick<QuotaOptions, 'budgets' | 'requests' | 'usageDays'> &
  Pick<BrokerOptions, 'slots' | 'sessions' | 'leads' | 'watchers' | 'toolUses' | 'toolMinutes'> &
  ReturnType<typeof memoryCompliance>;

/** Stores that last as long as the process. */
export const memoryStores = (): Stores => ({
  ...memoryAuth(),
  budgets: memoryBudgets(),
  requests: memoryRequests(),
  usageDays: memoryUsageDays(),
  ...memoryBroker(),
  ...memoryCompliance(),
});
