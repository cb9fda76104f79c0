import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bus, natsBus, natsServerConfig, newServiceKey } from '@vox/shared/bus';
import { rights } from '@vox/shared/contracts';
import { eventually, freePort, mongoServer, natsServer, redisServer, type TestServer } from '@vox/shared/testing';
import { systemClock as clock } from '@vox/shared/time';
import { type Env, type Running, ready, start } from './process.ts';

export type StackOptions = Readonly<{
  /** Where data and logs go. */
  folder: string;
  /** Keeps the servers' data for the next start. */
  kept?: boolean;
  /** Where the public door listens; a free port when left out. */
  port?: number;
  /** Over the settings of all services. */
  env?: Env;
  /** What a test run asks of its servers: REQUIRE_SERVERS, VOX_TEST_REPORT. */
  testEnv?: Readonly<Record<string, string | undefined>>;
  /** Talks to OpenAI with this key instead of the simulator. */
  openAiKey?: string | undefined;
}>;

export type Stack = Readonly<{
  url: string;
  simulatorUrl: string;
  services: readonly Running[];
  servers: Readonly<{ nats: TestServer; redis: TestServer; mongo: TestServer }>;
  /** Speaks as the operator. */
  operator: Bus;
  operatorEnv: Env;
  /** Stops a service if it runs and starts it again, with other settings over its own if any are given. */
  restart: (name: string, env?: Env) => Promise<Running>;
  stop: () => Promise<void>;
}>;

const copies: Readonly<Record<string, number>> = {
  auth: 1,
  quota: 2,
  'session-broker': 2,
  compliance: 1,
  'edge-guard': 1,
};

/** Everything as in production, but for TLS: real servers, each service a process with its own nkey, two quotas and two brokers. */
export async function openStack({
  folder,
  kept = false,
  port,
  env = {},
  testEnv = {},
  openAiKey,
}: StackOptions): Promise<Stack | undefined> {
  mkdirSync(folder, { recursive: true });
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const keys = Object.fromEntries(Object.keys(rights).map((service) => [service, newServiceKey()]));
    const config = join(folder, 'nats.conf');
    writeFileSync(
      config,
      natsServerConfig(Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, key.publicKey]))),
    );
    const data = kept ? join(folder, 'data') : undefined;
    const { REQUIRE_SERVERS, VOX_TEST_REPORT } = testEnv;
    const asked = { REQUIRE_SERVERS, VOX_TEST_REPORT };
    // Only servers of its own: it gives each service its rights, and a test may pause or kill them.
    const nats = await natsServer(asked, data, config);
    const redis = await redisServer(asked, data);
    const mongo = await mongoServer(asked, data);
    for (const server of [nats, redis, mongo]) if (server !== undefined) stops.push(server.stop);
    if (nats === undefined || redis === undefined || mongo === undefined) {
      await stop();
      return undefined;
    }

    const logs = join(folder, 'logs');
    const doorPort = port ?? (await freePort());
    const apiKey = openAiKey ?? `sk-simulated-${randomBytes(12).toString('hex')}`;
    const simulatorPort = await freePort();
    const simulatorUrl = `http://127.0.0.1:${simulatorPort}`;
    const secret = randomBytes(32).toString('base64');
    const own: Readonly<Record<string, Env>> = {
      auth: { SEAL_KEY: secret },
      quota: {},
      'session-broker': { SEAL_KEY: secret, OPENAI_API_KEY: apiKey },
      compliance: {},
      'edge-guard': { SECRET_KEY: secret, REDIS_URL: redis.url, PORT: String(doorPort), ALLOW_HTTP: 'true' },
    };
    const provider = openAiKey === undefined ? { OPENAI_BASE_URL: simulatorUrl } : {};
    if (openAiKey === undefined) {
      const simulated = start(
        'simulator',
        'local/src/simulator/main.ts',
        { OPENAI_API_KEY: apiKey, PORT: String(simulatorPort) },
        logs,
      );
      stops.push(simulated.stop);
    }
    const services: Running[] = [];
    /** What each service was first started with. */
    const firsts = new Map<string, Env>();
    const run = (name: string, settings: Env): Running =>
      start(name, `services/${settings.SERVICE}/src/main.ts`, settings, logs);
    stops.push(() => Promise.all([...services].reverse().map((service) => service.stop())));
    for (const [service, count] of Object.entries(copies))
      for (let copy = 1; copy <= count; copy += 1)
        services.push(
          run(count === 1 ? service : `${service}-${copy}`, {
            SERVICE: service,
            NODE_ENV: 'production',
            NATS_URL: nats.url,
            NATS_NKEY_SEED: keys[service]?.seed ?? '',
            MONGODB_URI: mongo.url,
            ...provider,
            ...own[service],
            ...env,
            PRIVATE_PORT: String(await freePort()),
          }),
        );
    await Promise.all(services.map(ready));

    const operatorEnv = { NATS_URL: nats.url, NATS_NKEY_SEED: keys.operator?.seed ?? '' };
    const operator = await eventually(() =>
      natsBus({
        servers: [nats.url],
        service: 'operator',
        nkeySeed: operatorEnv.NATS_NKEY_SEED,
        onlyAsks: true,
        clock,
        onThrow: () => undefined,
      }),
    );
    stops.push(operator.close);
    return {
      url: `http://127.0.0.1:${doorPort}`,
      simulatorUrl,
      services,
      servers: { nats, redis, mongo },
      operator,
      operatorEnv,
      async restart(name, over = {}) {
        const place = services.findIndex((service) => service.name === name);
        const before = services[place];
        if (before === undefined) throw new RangeError(`${name} is no service of this stack`);
        await before.stop();
        const again = run(name, { ...(firsts.get(name) ?? before.env), ...over });
        firsts.set(name, firsts.get(name) ?? before.env);
        services[place] = again;
        await ready(again);
        return again;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
