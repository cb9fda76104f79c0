import type { Policy } from '@vox/contracts';
import type { Bus, Replica } from '@vox/platform/bus';
import type { Counters } from '@vox/platform/store';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import type { Bounds } from './decide/believable.ts';
import type { Budget } from './decide/budget.ts';
import type { PriceList } from './decide/price.ts';
import type { Requests } from './keep/requests.ts';
import type { WarnOfEnd } from './publish/warn-of-model-end.ts';

/** What the handlers of this service work with. */
export type Needs = Readonly<{
  bus: Bus;
  budgets: Counters<Budget>;
  requests: Requests;
  policies: Pick<Replica<Policy>, 'get'>;
  prices: readonly PriceList[];
  bounds: Bounds;
  warnOfEnd: WarnOfEnd;
  clock: Clock;
  log: Log;
}>;
