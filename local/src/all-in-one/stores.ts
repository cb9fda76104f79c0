import { memoryStores as memoryAuth } from '@vox/auth/twins';
import { memoryStores as memoryCompliance } from '@vox/compliance/twins';
import type { QuotaOptions } from '@vox/quota/service';
import { memoryBudgets, memoryRequests, memoryUsageDays } from '@vox/quota/twins';
import type { BrokerOptions } from '@vox/session-broker/service';
import { memoryStores as memoryBroker } from '@vox/session-broker/twins';

/** The stores of all services. Each service has hash keys of its own. */
export type Stores = ReturnType<typeof memoryAuth> &
  Pick<QuotaOptions, 'budgets' | 'requests' | 'usageDays'> &
  Pick<BrokerOptions, 'slots' | 'sessions' | 'leads' | 'watchers' | 'toolUses' | 'toolMinutes'> &
  Readonly<{ brokerHashKeyStore: BrokerOptions['hashKeyStore'] }> &
  ReturnType<typeof memoryCompliance>;

/** Stores that last as long as the process. */
export function memoryStores(): Stores {
  const { hashKeyStore: brokerHashKeyStore, ...broker } = memoryBroker();
  return {
    ...memoryAuth(),
    budgets: memoryBudgets(),
    requests: memoryRequests(),
    usageDays: memoryUsageDays(),
    ...{ ...broker, brokerHashKeyStore },
    ...memoryCompliance(),
  };
}
