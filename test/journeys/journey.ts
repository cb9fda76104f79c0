import type { Policy } from '@vox/contracts';
import { type AllInOne, type AllInOneOptions, openAllInOne } from '@vox/local/all-in-one';
import { demoDraft, demoTenant } from '@vox/local/demo-tenant';
import { memoryStores, type Stores } from '@vox/local/stores';
import { type MemoryBus, memoryBus } from '@vox/platform/bus';
import { silentLog } from '@vox/platform/telemetry';
import { systemClock } from '@vox/platform/time';
import { someLimits } from '@vox/testing';

export const origin = 'https://shop.example';

type Limits = Partial<Policy['limits']['widget']>;
export type JourneyOptions = Partial<AllInOneOptions> &
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
  fixture: AllInOne;
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
  const fixture = await openAllInOne({
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
    ...{ url: fixture.url, bus, stores, fixture },
    widgetKey: await demoTenant(bus, origin, draft as typeof demoDraft),
    async close() {
      await fixture.stop();
      await bus.close();
    },
  };
}
