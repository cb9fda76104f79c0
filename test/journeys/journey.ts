import { type MemoryBus, memoryBus } from '@vox/shared/bus';
import type { Policy } from '@vox/shared/contracts';
import { silentLog } from '@vox/shared/telemetry';
import { someLimits } from '@vox/shared/testing';
import { systemClock } from '@vox/shared/time';
import { demoDraft, demoTenant } from '../../local/src/all-in-one/demo-tenant.ts';
import { type House, type HouseOptions, openHouse } from '../../local/src/all-in-one/house.ts';
import { memoryStores, type Stores } from '../../local/src/all-in-one/stores.ts';

export const origin = 'https://shop.example';

type Limits = Partial<Policy['limits']['widget']>;
export type JourneyOptions = Partial<HouseOptions> &
  Readonly<{
    limits?: Limits;
    /** Over the same limits, where the platform allows more. */
    ceiling?: Limits;
    ipPerMinute?: number;
    ipBurst?: number;
    draft?: object;
    /** What stands between the services and the bus. */
    between?: (bus: MemoryBus) => Partial<MemoryBus>;
  }>;

export type Journey = Readonly<{
  url: string;
  bus: MemoryBus;
  stores: Stores;
  house: House;
  widgetKey: string;
  close: () => Promise<void>;
}>;

/** Every service in this process on twins, with the demo's tenant and a key for the page of `origin`. */
export async function openJourney(options: JourneyOptions = {}): Promise<Journey> {
  const { limits = {}, ceiling = {}, ipPerMinute = 1_000, ipBurst = 0, draft = demoDraft, between, ...over } = options;
  const clock = over.clock ?? systemClock;
  const bus = memoryBus({ clock });
  const stores = memoryStores();
  const allowed = someLimits(limits);
  const house = await openHouse({
    stores,
    port: 0,
    clock,
    log: silentLog,
    defaults: { widget: allowed, console: allowed, ceiling: someLimits({ ...limits, ...ceiling }) },
    ipLimit: { perMinute: ipPerMinute, burst: ipBurst },
    ...over,
    bus: { ...bus, ...between?.(bus) },
  });
  return {
    ...{ url: house.url, bus, stores, house },
    widgetKey: await demoTenant(bus, origin, draft as typeof demoDraft),
    async close() {
      await house.stop();
      await bus.close();
    },
  };
}
