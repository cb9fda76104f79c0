import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { type Bus, natsBus } from '../bus/mod.ts';
import type { busSettings, storeSettings } from '../config/mod.ts';
import { connectMongo, type MongoStore } from '../store/mod.ts';
import type { Log } from '../telemetry/mod.ts';
import { systemClock } from '../time/mod.ts';
import type { House } from './run-service.ts';

type BusSettings = z.infer<z.ZodObject<typeof busSettings>>;
type StoreSettings = z.infer<z.ZodObject<ReturnType<typeof storeSettings>>>;

const triesMax = 60;
const betweenTriesMs = 500;

/** Opens a dependency that may still be starting itself. Throws what it last threw after half a minute. */
async function reached<T>(what: string, log: Log, open: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await open();
    } catch (error) {
      if (tries === triesMax) throw error;
      if (tries % 10 === 1) log.warn({ dependency: what, error }, 'a dependency does not answer yet');
      await pause(betweenTriesMs);
    }
  }
}

/** The bus that a service speaks on, closed when it stops. */
export async function openBus(service: string, settings: BusSettings, house: House): Promise<Bus> {
  const bus = await reached('nats', house.log, () =>
    natsBus({
      servers: settings.NATS_URL,
      service,
      nkeySeed: settings.NATS_NKEY_SEED,
      replicas: settings.NATS_REPLICAS,
      clock: systemClock,
      onOldServer: (version) =>
        house.log.warn({ version }, 'the NATS server is older than 2.12, which VOX is made for'),
      onThrow: (error) => house.log.warn({ error }, 'a handler failed and will be tried again'),
    }),
  );
  house.onStop(bus.close);
  house.dependsOn('nats', bus.healthy);
  return bus;
}

/** The database of a service, closed when it stops. */
export async function openStore(service: string, settings: StoreSettings, house: House): Promise<MongoStore> {
  const { MONGODB_URI: uri, MONGODB_DATABASE: database, MONGODB_TIMEOUT_MS: timeoutMs } = settings;
  const store = await reached('mongodb', house.log, () => connectMongo({ uri, database, appName: service, timeoutMs }));
  house.onStop(store.close);
  house.dependsOn('mongodb', store.healthy);
  return store;
}
