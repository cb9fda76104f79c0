import type { Policy } from '@vox/contracts';
import { type AllInOne, type AllInOneOptions, openAllInOne } from '@vox/local/all-in-one';
import { demoDraft, demoTenant } from '@vox/local/demo-tenant';
import { memoryStores, type Stores } from '@vox/local/stores';
import { type MemoryBus, memoryBus } from '@vox/platform/bus';
import { listen } from '@vox/platform/http';
import { silentLog } from '@vox/platform/telemetry';
import { systemClock } from '@vox/platform/time';
import { someLimits } from '@vox/testing';

export const origin = 'https://shop.example';

type Limits = Partial<Policy['limits']['widget']>;
type App = Parameters<typeof listen>[0];
export type JourneyOptions = Partial<AllInOneOptions> &
  Readonly<{
    limits?: Limits;
    /** Replaces some of the limits in what the platform allows at most. */
    ceiling?: Limits;
    ipPerMinute?: number;
    ipBurst?: number;
    draft?: object;
    /** Wraps the bus that the services use. */
    between?: (bus: MemoryBus) => Partial<MemoryBus>;
    /** The page that embeds the widget, for a browser. It is served, and its address becomes the origin of the key. */
    page?: (url: string, widgetKey: () => string) => App;
  }>;

export type Journey = Readonly<{
  url: string;
  bus: MemoryBus;
  stores: Stores;
  fixture: AllInOne;
  widgetKey: string;
  /** The page that the widget key is bound to. */
  origin: string;
  close: () => Promise<void>;
}>;

/** Opens every service in this process on in-memory stores, with the demo tenant and a key for one page. */
export async function openJourney(options: JourneyOptions = {}): Promise<Journey> {
  const { limits = {}, ceiling = {}, ipPerMinute = 1_000, ipBurst = 0, draft = demoDraft, ...others } = options;
  const { between, page, ...over } = others;
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
  let widgetKey = '';
  const shop =
    page &&
    (await listen(
      page(fixture.url, () => widgetKey),
      { host: '127.0.0.1', port: 0 },
    ));
  const embeddedBy = shop?.url ?? origin;
  widgetKey = await demoTenant(bus, embeddedBy, draft as typeof demoDraft);
  return {
    ...{ url: fixture.url, bus, stores, fixture, widgetKey, origin: embeddedBy },
    async close() {
      await shop?.close(0);
      await fixture.stop();
      await bus.close();
    },
  };
}
