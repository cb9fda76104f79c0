import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Bus, natsBus } from '@vox/platform/bus';
import { systemClock as clock } from '@vox/platform/time';
import { eventually, freePort, furnish } from '@vox/testing';
import { newIdentities, trustHere } from './identities.ts';
import { type Env, type Processes, processes, type Running } from './process.ts';
import { newKeys, openServers, type Servers } from './servers.ts';
import { type Addresses, addressesOf, mongoEnv, natsEnv, secretIn, settingsOf, standardCopies } from './settings.ts';

export type StackOptions = Readonly<{
  /** Where data and logs go. */
  folder: string;
  /** Leaves out TLS and the users of the stores: for a measurement that is compared with an older one. */
  plain?: boolean;
  /** Keeps the servers' data for the next start. */
  kept?: boolean;
  /** Where the first copy of edge-guard listens. Any other copy, and the first without this, takes a free port. */
  port?: number;
  /** How many processes a service has, where it is not the standard number. */
  copies?: Readonly<Record<string, number>>;
  /** Goes over the settings of all services. */
  env?: Env;
  /** Answers other addresses under which the services reach what they need: a test may stand in between. */
  reach?: (addresses: Addresses) => Promise<Addresses>;
  /** Adds to the configuration of the NATS server: a test may need rights that nobody has. */
  amendNats?: (config: string) => string;
  /** What a test run wants of its servers: REQUIRE_SERVERS, VOX_TEST_REPORT. */
  testEnv?: Readonly<Record<string, string | undefined>>;
  /** Talks to OpenAI with this key instead of the simulator. */
  openAiKey?: string | undefined;
}>;

export type Stack = Readonly<{
  /** Where the first copy of edge-guard is reached. */
  url: string;
  /** Where each copy of edge-guard is reached. */
  urls: readonly string[];
  simulatorUrl: string;
  /** Where mails are shown, and answered as JSON at /messages?to=. */
  mailUrl: string;
  /** The process that simulates the provider, unless OpenAI is used. `restart` starts it again by its name. */
  simulator: () => Running | undefined;
  services: readonly Running[];
  servers: Servers;
  /** The bus, with the rights of the operator. */
  operator: Bus;
  operatorEnv: Env;
  /** The authority (PEM) of the servers' certificates. This process trusts it; another one must be given it. */
  authority: string | undefined;
  /** For the reconciliation: the operator, and a user of MongoDB that reads all and writes nothing. */
  reconcileEnv: Env;
  /** For whoever makes the streams: `vox bus`. */
  bootstrapEnv: Env;
  /** For `vox backup` and `vox restore`: streams and stores. */
  backupEnv: Env;
  restoreEnv: Env;
  /** Makes streams, buckets and consumers, as `vox bus apply` does. It was done before the services started. */
  applyBus: () => Promise<void>;
  /** Stops a service if it runs, and starts it again. The settings given go over its own. */
  restart: (name: string, env?: Env) => Promise<Running>;
  stop: () => Promise<void>;
}>;

/**
 * Everything as in production but for the TLS of the public door: real servers that speak TLS, and each service in a
 * process with its own nkey and its own user of its store. There are two quotas and two brokers. `undefined` when a
 * server cannot be started.
 */
export async function openStack(options: StackOptions): Promise<Stack | undefined> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const stack = await opened(options, (each) => void stops.push(each));
    if (stack === undefined) await stop();
    // Assigned and not spread: `services` is a getter, for a restart puts another process in place of one.
    return stack && Object.assign(stack, { stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

async function opened(
  options: StackOptions,
  onStop: (stop: () => Promise<unknown>) => void,
): Promise<Omit<Stack, 'stop'> | undefined> {
  const { kept = false, plain = false, port, copies = {}, env: over = {}, reach, amendNats, testEnv = {} } = options;
  const { openAiKey } = options;
  // The servers run in folders of their own, where a relative path would lead elsewhere.
  const folder = resolve(options.folder);
  mkdirSync(folder, { recursive: true });
  const natsConfig = join(folder, 'nats.conf');
  const identities = plain ? undefined : await newIdentities(folder, Date.now());
  const authority = identities && trustHere(identities);
  const keys = newKeys(natsConfig, identities?.files, amendNats);
  const servers = await openServers({ folder, natsConfig, kept, identities, testEnv, onStop });
  if (servers === undefined) return undefined;

  const logs = join(folder, 'logs');
  const apiKey = openAiKey ?? `sk-simulated-${randomBytes(12).toString('hex')}`;
  const simulatorPort = await freePort();
  const simulatorUrl = `http://127.0.0.1:${simulatorPort}`;
  const provider = openAiKey === undefined ? simulatorUrl : undefined;
  const [mailPort, smtpPort] = [await freePort(), await freePort()];
  const mail = `smtp://127.0.0.1:${smtpPort}`;
  const own: Addresses = { ...addressesOf(servers), provider, mail };
  const addresses = reach === undefined ? own : await reach(own);
  const secret = secretIn(join(folder, 'secret'), kept);
  const running = processes(logs);
  const copiesOf = { ...standardCopies, ...copies };
  const given = { addresses, keys, identities, secret, apiKey, doors: copiesOf['edge-guard'] ?? 1, over };
  const doors: number[] = [];
  const settingsFor = async (service: string): Promise<Env> => {
    if (service !== 'edge-guard') return settingsOf(service, given);
    doors.push(doors.length === 0 && port !== undefined ? port : await freePort());
    return { ...settingsOf(service, given), PORT: String(doors.at(-1)) };
  };
  onStop(running.stop);
  await running.start('mail-catcher', 'local/src/mail-catcher/main.ts', {
    PORT: String(mailPort),
    SMTP_PORT: String(smtpPort),
  });
  if (provider !== undefined)
    await running.start(simulatorName, 'local/src/simulator/main.ts', {
      OPENAI_API_KEY: apiKey,
      PORT: String(simulatorPort),
    });
  const bootstrapEnv = natsEnv(servers.nats.url, keys.bootstrap?.seed, identities);
  const applyBus = () => furnish(servers.nats.url, { nkeySeed: keys.bootstrap?.seed });
  await applyBus();
  const services = await startServices(copiesOf, settingsFor, running);

  const seenBy = (identity: string): Env => natsEnv(servers.nats.url, keys[identity]?.seed, identities);
  const operatorEnv = seenBy('operator');
  const operator = await eventually(() =>
    natsBus({
      servers: [servers.nats.url],
      service: 'operator',
      nkeySeed: keys.operator?.seed,
      clock,
      onThrow: () => undefined,
    }),
  );
  onStop(operator.close);
  const urls = doors.map((door) => `http://127.0.0.1:${door}`);
  return {
    url: urls[0] ?? '',
    urls,
    simulatorUrl,
    mailUrl: `http://127.0.0.1:${mailPort}`,
    simulator: () => running.named(simulatorName),
    get services() {
      return services.flatMap((name) => running.named(name) ?? []);
    },
    restart: running.restart,
    servers,
    operator,
    operatorEnv,
    authority,
    reconcileEnv: { ...operatorEnv, ...mongoEnv(own.mongo, 'reconcile', identities) },
    bootstrapEnv,
    backupEnv: { ...seenBy('backup'), ...mongoEnv(own.mongo, 'backup', identities) },
    restoreEnv: { ...seenBy('restore'), MONGODB_URI: servers.mongo.url },
    applyBus,
  };
}

const simulatorName = 'simulator';

/** Starts every copy of every service and waits until all are ready. Answers their names in the order of start. */
async function startServices(
  copies: Readonly<Record<string, number>>,
  settingsFor: (service: string) => Promise<Env>,
  running: Processes,
): Promise<readonly string[]> {
  const names: string[] = [];
  const readies: Promise<void>[] = [];
  for (const [service, count] of Object.entries(copies)) {
    for (let copy = 1; copy <= count; copy += 1) {
      const name = count === 1 ? service : `${service}-${copy}`;
      const env = { ...(await settingsFor(service)), PRIVATE_PORT: String(await freePort()) };
      names.push(name);
      readies.push(running.start(name, `services/${service}/src/main.ts`, env));
    }
  }
  await Promise.all(readies);
  return names;
}
