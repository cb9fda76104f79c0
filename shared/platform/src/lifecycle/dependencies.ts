import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceName } from '@vox/contracts';
import type { z } from 'zod';
import { type Bus, natsBus } from '../bus/mod.ts';
import { addressesOf, type busSettings, oldServer, type storeSettings } from '../config/mod.ts';
import { Reason } from '../fault/mod.ts';
import { version } from '../status/mod.ts';
import { connectMongo, holdGeneration, type MongoStore, storeGeneration } from '../store/mod.ts';
import { whatBroke } from '../telemetry/mod.ts';
import { systemClock } from '../time/mod.ts';
import { answerAsCopy } from './own-copy.ts';
import type { Lifecycle } from './run-service.ts';

type BusSettings = z.infer<z.ZodObject<typeof busSettings>>;
type StoreSettings = z.infer<z.ZodObject<ReturnType<typeof storeSettings>>>;

const patienceMs = 30_000;
const betweenTriesMs = 500;

type Needed<T> = Readonly<{
  name: string;
  /** Hosts and ports, without credentials. */
  tried: string;
  open: () => Promise<T>;
  /** Probes it once it is open. */
  ask: (opened: T) => Promise<unknown>;
}>;

/**
 * Opens a dependency that may still be starting itself, and has it watched from the first answer on: until it is open,
 * /readyz says why it is not. Throws what it last threw after half a minute.
 */
async function reached<T>({ name, tried, open, ask }: Needed<T>, { log, dependsOn }: Lifecycle): Promise<T> {
  const startedMs = performance.now();
  let state: Promise<T> | undefined;
  let said: string | undefined;
  function know(result: Promise<T>): void {
    const isFirst = state === undefined;
    state = result;
    if (isFirst) dependsOn({ name, tried, needed: true, ask: () => (state as Promise<T>).then(ask), says: () => said });
  }
  for (;;) {
    try {
      const opened = await open();
      said = undefined;
      know(Promise.resolve(opened));
      log.answered(name, tried);
      return opened;
    } catch (error) {
      if (performance.now() - startedMs > patienceMs) throw error;
      said = whatBroke(error, name)?.says;
      log.warn({ dependency: name, tried, error }, 'waiting for it to start');
      const refusal = Promise.reject(error);
      // Whoever asks hears it; that nobody asks is no mistake.
      refusal.catch(() => undefined);
      know(refusal);
      await pause(betweenTriesMs);
    }
  }
}

/** The bus that a service speaks on, closed when it stops. */
export async function openBus(service: ServiceName, settings: BusSettings, lifecycle: Lifecycle): Promise<Bus> {
  const tried = addressesOf(...settings.NATS_URL);
  const { NATS_NKEY_SEED: seed } = settings;
  const nkeySeed = seed === undefined ? undefined : lifecycle.fresh('NATS_NKEY_SEED', seed);
  const open = (): Promise<Bus> =>
    natsBus({
      servers: settings.NATS_URL,
      service,
      nkeySeed,
      ca: settings.NATS_CA,
      clock: systemClock,
      onOldServer: (sentence) => lifecycle.log.warn({ server: 'nats', tried }, sentence),
      onThrow: (error) => lifecycle.log.warn({ error }, 'a handler failed and will be tried again'),
    });
  const bus = await reached({ name: 'nats', tried, open, ask: (opened) => opened.healthy() }, lifecycle);
  lifecycle.onStop(bus.close);
  lifecycle.copy.stays();
  await waitForLayout(bus, tried, lifecycle);
  await answerAsCopy(service, bus, lifecycle.copy);
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

/** The database of a service, closed when it stops. Throws when a newer release has written it in another way. */
export async function openStore(service: string, settings: StoreSettings, lifecycle: Lifecycle): Promise<MongoStore> {
  const { MONGODB_URI: uri, MONGODB_CA: ca, MONGODB_DATABASE: database, MONGODB_TIMEOUT_MS: timeoutMs } = settings;
  const tried = addressesOf(uri);
  const open = (): Promise<MongoStore> => connectMongo({ uri, ca, database, appName: service, timeoutMs });
  const ask = ({ db }: MongoStore): Promise<unknown> => db.command({ ping: 1 });
  const store = await reached({ name: 'mongodb', tried, open, ask }, lifecycle);
  lifecycle.onStop(store.close);
  await holdGeneration(store.db, storeGeneration, version);
  const isOld = oldServer('mongodb', await versionOf(store));
  if (isOld !== undefined) lifecycle.log.warn({ server: 'mongodb', tried }, isOld);
  return store;
}

/** What a server says of itself, if it says it. */
const versionOf = ({ db }: MongoStore): Promise<string | undefined> =>
  db.command({ buildInfo: 1 }).then(
    ({ version }) => (typeof version === 'string' ? version : undefined),
    () => undefined,
  );
