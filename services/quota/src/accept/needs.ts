import type { Bus, Replica } from '@vox/shared/bus';
import type { Policy } from '@vox/shared/contracts';
import type { Tallies } from '@vox/shared/store';
import type { Log } from '@vox/shared/telemetry';
import type { Clock } from '@vox/shared/time';
import type { Bounds } from '../decide/believable.ts';
import type { Budget } from '../decide/budget.ts';
import type { PriceList } from '../decide/price.ts';
import type { Requests } from '../keep/requests.ts';
import type { WarnOfEnd } from './warn-of-end.ts';

/** What the handlers of this service work with. */
export type Needs = Readonly<{
  bus: Bus;
  budgets: Tallies<Budget>;
  requests: Requests;
  policies: Pick<Replica<Policy>, 'get'>;
  prices: readonly PriceList[];
  bounds: Bounds;
  warnOfEnd: WarnOfEnd;
  clock: Clock;
  log: Log;
}>;
