import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Bus, natsBus } from '@vox/shared/bus';
import { eventually, freePort } from '@vox/shared/testing';
import { systemClock as clock } from '@vox/shared/time';
import { type Env, type Running, ready, start } from './process.ts';
import { newKeys, openServers, type Servers } from './servers.ts';
import { secretIn, settingsOf, standardCopies } from './settings.ts';

export type StackOptions = Readonly<{
  /** Where data and logs go. */
  folder: string;
  /** Keeps the servers' data for the next start. */
  kept?: boolean;
  /** Where the public door listens; a free port when left out, as any further copy of it does. */
  port?: number;
  /** How many processes of a service there are, where it is not the standard number. */
  copies?: Readonly<Record<string, number>>;
  /** Over the settings of all services. */
  env?: Env;
  /** What a test run asks of its servers: REQUIRE_SERVERS, VOX_TEST_REPORT. */
  testEnv?: Readonly<Record<string, string | undefined>>;
  /** Talks to OpenAI with this key instead of the simulator. */
  openAiKey?: string | undefined;
}>;

export type Stack = Readonly<{
  /** The public door of the first copy. */
  url: string;
  /** The public door of each copy. */
  urls: readonly string[];
  simulatorUrl: string;
  services: readonly Running[];
  servers: Servers;
  /** Speaks as the operator. */
  operator: Bus;
  operatorEnv: Env;
  /** Stops a service if it runs and starts it again, with other settings over its own if any are given. */
  restart: (name: string, env?: Env) => Promise<Running>;
  stop: () => Promise<void>;
}>;

/** Everything as in production, but for TLS: real servers, each service a process with its own nkey, two quotas and two brokers. */
export async function openStack(options: StackOptions): Promise<Stack | undefined> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const stack = await opened(options, (each) => void stops.push(each));
    if (stack === undefined) await stop();
    return stack && { ...stack, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function opened(
  { folder, kept = false, port, copies = {}, env: over = {}, testEnv = {}, openAiKey }: StackOptions,
  onStop: (stop: () => Promise<unknown>) => void,
): Promise<Omit<Stack, 'stop'> | undefined> {
  mkdirSync(folder, { recursive: true });
  const natsConfig = join(folder, 'nats.conf');
  const keys = newKeys(natsConfig);
  const servers = await openServers(folder, natsConfig, kept, testEnv, onStop);
  if (servers === undefined) return undefined;

  const logs = join(folder, 'logs');
  const apiKey = openAiKey ?? `sk-simulated-${randomBytes(12).toString('hex')}`;
  const simulatorPort = await freePort();
  const simulatorUrl = `http://127.0.0.1:${simulatorPort}`;
  if (openAiKey === undefined) {
    const settings = { OPENAI_API_KEY: apiKey, PORT: String(simulatorPort) };
    onStop(start('simulator', 'local/src/simulator/main.ts', settings, logs).stop);
  }
  const providerUrl = openAiKey === undefined ? simulatorUrl : undefined;
  const secret = secretIn(join(folder, 'secret'), kept);
  const given = { servers, keys, secret, apiKey, providerUrl, over };
  const doors: number[] = [];
  const settingsFor = async (service: string): Promise<Env> => {
    if (service !== 'edge-guard') return settingsOf(service, given);
    doors.push(doors.length === 0 && port !== undefined ? port : await freePort());
    return { ...settingsOf(service, given), PORT: String(doors.at(-1)) };
  };
  const services = await startServices({ ...standardCopies, ...copies }, settingsFor, logs, onStop);

  const operatorEnv = { NATS_URL: servers.nats.url, NATS_NKEY_SEED: keys.operator?.seed ?? '' };
  const operator = await eventually(() =>
    natsBus({
      servers: [servers.nats.url],
      service: 'operator',
      nkeySeed: operatorEnv.NATS_NKEY_SEED,
      onlyAsks: true,
      clock,
      onThrow: () => undefined,
    }),
  );
  onStop(operator.close);
  const urls = doors.map((door) => `http://127.0.0.1:${door}`);
  return { url: urls[0] ?? '', urls, simulatorUrl, servers, operator, operatorEnv, ...services };
}

/** Starts every copy of every service, and waits until all are ready. */
async function startServices(
  copies: Readonly<Record<string, number>>,
  settingsFor: (service: string) => Promise<Env>,
  logs: string,
  onStop: (stop: () => Promise<unknown>) => void,
): Promise<Pick<Stack, 'services' | 'restart'>> {
  const services: Running[] = [];
  const firsts = new Map<string, Readonly<{ main: string; env: Env }>>();
  onStop(() => Promise.all([...services].reverse().map((service) => service.stop())));
  for (const [service, count] of Object.entries(copies)) {
    for (let copy = 1; copy <= count; copy += 1) {
      const name = count === 1 ? service : `${service}-${copy}`;
      const first = {
        main: `services/${service}/src/main.ts`,
        env: { ...(await settingsFor(service)), PRIVATE_PORT: String(await freePort()) },
      };
      firsts.set(name, first);
      services.push(start(name, first.main, first.env, logs));
    }
  }
  await Promise.all(services.map(ready));
  return {
    services,
    async restart(name, over = {}) {
      const place = services.findIndex((service) => service.name === name);
      const first = firsts.get(name);
      if (first === undefined) throw new RangeError(`${name} is no service of this stack`);
      await services[place]?.stop();
      const again = start(name, first.main, { ...first.env, ...over }, logs);
      services[place] = again;
      await ready(again);
      return again;
    },
  };
}
