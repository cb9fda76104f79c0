import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { type ConfigRule, freshSetting, type serviceSettings } from '../config/mod.ts';
import { type Log, logger } from '../telemetry/mod.ts';
import { configured } from './configured.ts';
import { watchEventLoop } from './event-loop.ts';
import { type Health, watchHealth } from './health.ts';
import { startOpenTelemetry } from './open-telemetry.ts';
import { copyOf, type OwnCopy } from './own-copy.ts';
import { type Readiness, servePrivately } from './private-port.ts';
import { stopsOf } from './stops.ts';

/** What a service uses while it starts. */
export type Lifecycle = Readonly<{
  log: Log;
  /** Registers how something that was opened is closed. Closing runs in the reverse order, after a failed start too. */
  onStop: (stop: () => Promise<unknown>) => void;
  /** Watches a dependency until the service stops. */
  dependsOn: Health['watch'];
  /** A setting that is read again when its file changes while the service runs: a credential that is rotated. */
  fresh: <T>(name: string, given: T) => () => T;
  /** This copy, for whoever drains it. */
  copy: OwnCopy;
}>;

type Settings = z.infer<z.ZodObject<typeof serviceSettings>>;

export type ServiceOptions<S extends z.ZodObject> = Readonly<{
  name: string;
  schema: S;
  rules: readonly ConfigRule[];
  env: Readonly<Record<string, string | undefined>>;
  argv: readonly string[];
  open: (settings: Readonly<z.infer<S>>, lifecycle: Lifecycle) => Promise<void>;
}>;

/**
 * Runs one service as a process. It reads the configuration (`--check` ends there), starts the service, serves the
 * private port, and on SIGTERM or SIGINT stops in the reverse order, within STOP_TIMEOUT_SECONDS. Drained, it has
 * stopped what works, and stays, ready no more, until it is stopped. Exits with 78 on a bad configuration and with 1
 * when it cannot start or stop.
 */
export async function runService<S extends z.ZodObject>(options: ServiceOptions<S>): Promise<void> {
  const settings = configured(options.name, options, options.env, options.argv);
  // The schema of every service holds these; the checker cannot see through a spread in a type parameter.
  const { NODE_ENV, LOG_LEVEL, LOG_PERSONAL_DATA, PRIVATE_HOST, PRIVATE_PORT, STOP_TIMEOUT_SECONDS, TRACES_SLOW_MS } =
    settings as unknown as Settings;
  const log = logger({ service: options.name, level: LOG_LEVEL, withPersonalData: LOG_PERSONAL_DATA });
  const stops = stopsOf(log);
  const health = watchHealth(log);
  let stopping = false;

  async function stop(status: number): Promise<never> {
    if (stopping) return pause(60_000).then(() => process.exit(1));
    stopping = true;
    const late = setTimeout(() => {
      log.error({}, 'stopping took too long');
      process.exit(1);
    }, STOP_TIMEOUT_SECONDS * 1_000);
    // First of all, so that a connection closed on purpose is not reported as down.
    await health.stop();
    const isWell = await stops.downTo(0);
    clearTimeout(late);
    process.exit(isWell ? status : 1);
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      log.info({ signal }, 'stopping');
      void stop(0);
    });
  process.on('uncaughtException', (error) => {
    log.error({ error }, 'stopping after an unexpected error');
    void stop(1);
  });

  const telemetry = startOpenTelemetry(options.name, options.env, undefined, TRACES_SLOW_MS);
  stops.push(telemetry.stop);
  const unwatch = watchEventLoop();
  stops.push(async () => unwatch());
  try {
    const copy = copyOf(process.pid, new Date(), log, stops);
    const ready = async (): Promise<Record<string, Readiness>> => ({
      ...(await health.needed()),
      running: !stopping && copy.state() === 'working',
    });
    const port = await servePrivately({
      ...{ host: PRIVATE_HOST, port: PRIVATE_PORT, metrics: telemetry.metrics },
      ...{ ready, started: () => copy.state() !== 'starting' },
    });
    stops.push(() => port.close(1_000));
    await options.open(settings, {
      log,
      onStop: stops.push,
      dependsOn: health.watch,
      fresh: (setting, given) =>
        freshSetting(setting, options.env, options.schema.shape[setting] as never, given, () =>
          log.error({ setting }, 'the file of a setting cannot be used: what it held before stays in force'),
        ),
      copy,
    });
    copy.opened();
    log.info({ environment: NODE_ENV, private: port.url }, 'running');
  } catch (error) {
    log.error({ error }, 'could not start');
    await stop(1);
  }
}
