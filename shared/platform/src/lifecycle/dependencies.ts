import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { type Bus, natsBus } from '../bus/mod.ts';
import { addressesOf, type busSettings, type storeSettings } from '../config/mod.ts';
import { Reason } from '../fault/mod.ts';
import { connectMongo, type MongoStore } from '../store/mod.ts';
import type { Log } from '../telemetry/mod.ts';
import { systemClock } from '../time/mod.ts';
import type { Lifecycle } from './run-service.ts';

type BusSettings = z.infer<z.ZodObject<typeof busSettings>>;
type StoreSettings = z.infer<z.ZodObject<ReturnType<typeof storeSettings>>>;

const patienceMs = 30_000;
const betweenTriesMs = 500;

/** Opens a dependency that may still be starting itself. Throws what it last threw after half a minute. */
async function reached<T>(dependency: string, tried: string, log: Log, open: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  for (;;) {
    try {
      const opened = await open();
      log.answered(dependency, tried);
      return opened;
    } catch (error) {
      if (performance.now() - startedMs > patienceMs) throw error;
      log.warn({ dependency, tried, error }, 'waiting for it to start');
      await pause(betweenTriesMs);
    }
  }
}

/** The bus that a service speaks on, closed when it stops. */
export async function openBus(service: string, settings: BusSettings, lifecycle: Lifecycle): Promise<Bus> {
  const tried = addressesOf(...settings.NATS_URL);
  const bus = await reached('nats', tried, lifecycle.log, () =>
    natsBus({
      servers: settings.NATS_URL,
      service,
      nkeySeed: settings.NATS_NKEY_SEED,
      clock: systemClock,
      onOldServer: (version) =>
        lifecycle.log.warn({ version }, 'the NATS server is older than 2.12, which VOX is made for'),
      onThrow: (error) => lifecycle.log.warn({ error }, 'a handler failed and will be tried again'),
    }),
  );
  lifecycle.onStop(bus.close);
  lifecycle.dependsOn({ name: 'nats', tried, needed: true, ask: bus.healthy });
  await waitForLayout(bus, tried, lifecycle);
  return bus;
}

const checkMs = 1_000;

/**
 * Waits until streams, buckets and consumers are there as the contracts say, and has it looked after from then on: a
 * service makes none of them itself. What is missing stands in the log and at /readyz.
 */
async function waitForLayout(bus: Bus, tried: string, lifecycle: Lifecycle): Promise<void> {
  let said = 'not known yet';
  async function ask(): Promise<boolean> {
    const missing = await bus.missing();
    if (missing.length === 0) return true;
    said = `${missing.join('; ')}: \`vox bus apply\` puts it right`;
    throw new Reason(said);
  }
  lifecycle.dependsOn({ name: 'bus', tried, needed: true, ask, says: () => said });
  while (!(await ask().catch(() => false))) await pause(checkMs);
}

/** The database of a service, closed when it stops. */
export async function openStore(service: string, settings: StoreSettings, lifecycle: Lifecycle): Promise<MongoStore> {
  const { MONGODB_URI: uri, MONGODB_DATABASE: database, MONGODB_TIMEOUT_MS: timeoutMs } = settings;
  const tried = addressesOf(uri);
  const store = await reached('mongodb', tried, lifecycle.log, () =>
    connectMongo({ uri, database, appName: service, timeoutMs }),
  );
  lifecycle.onStop(store.close);
  lifecycle.dependsOn({ name: 'mongodb', tried, needed: true, ask: () => store.db.command({ ping: 1 }) });
  return store;
}
