import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { eventually } from './eventually.ts';
import { freePort, type TestServer, testServer } from './spawned.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Several servers of Redis that are one for whoever counts. */
export type RedisGroup = Readonly<{
  /** As REDIS_URL takes it. */
  url: string;
  /** The servers that hold keys: the first ones take writes at the beginning, the others copy them. */
  nodes: readonly TestServer[];
  /** Sends a command to a server of the group. */
  ask: (node: TestServer, ...command: readonly string[]) => Promise<unknown>;
  stop: () => Promise<void>;
}>;

const host = '127.0.0.1';
/** A server that is silent for so long counts as down. */
const silentMs = 1_000;
const addressOf = ({ url }: TestServer): string => new URL(url).host;
const portOf = ({ url }: TestServer): string => new URL(url).port;

async function ask(node: TestServer, ...[name = '', ...words]: readonly string[]): Promise<unknown> {
  const redis = new Redis({ host, port: Number(portOf(node)), retryStrategy: null, lazyConnect: true });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return await redis.call(name, ...words);
  } finally {
    redis.disconnect();
  }
}

/** Waits until what a server says is as it shall be. */
const until = (node: TestServer, command: readonly string[], isThere: (said: unknown) => boolean): Promise<void> =>
  eventually(async () => {
    if (!isThere(await ask(node, ...command))) throw new Error(`${command.join(' ')} is not there yet`);
  });

/** One `redis-server` of the PATH, in a folder of its own. It is this test's alone, whatever REDIS_URL says. */
const start = (
  env: Env,
  what: string,
  argsIn: (folder: string) => readonly string[],
  prepare?: (folder: string) => void,
): Promise<TestServer | undefined> =>
  testServer(
    {
      what,
      variable: 'VOX_TEST_REDIS_GROUP',
      binary: 'redis-server',
      args: (port, folder) => [...argsIn(folder), '--port', String(port), '--bind', host, '--dir', folder],
      urlOf: (port) => `redis://${host}:${port}`,
      ...(prepare !== undefined && { prepare }),
      async versionOf(url) {
        const said = await ask({ url } as TestServer, 'INFO', 'server');
        return /redis_version:(\S+)/.exec(String(said))?.[1] ?? '';
      },
      // One container does not make a group.
      image: 'none',
      imageArgs: [],
      imagePort: 6_379,
    },
    env,
  );

const all = async (opening: readonly Promise<TestServer | undefined>[]): Promise<TestServer[]> =>
  (await Promise.all(opening)).filter((server) => server !== undefined);
const stopped = (servers: readonly TestServer[]) => async (): Promise<void> => {
  await Promise.all(servers.map((server) => server.stop()));
};
const inMemory = ['--save', '', '--appendonly', 'no'];

/**
 * A cluster of six: three servers share the slots, and each of the other three copies one of them. `undefined`, said
 * aloud, where there is no `redis-server`.
 */
export async function redisCluster(env: Env): Promise<RedisGroup | undefined> {
  const busPorts = await Promise.all(Array.from({ length: 6 }, freePort));
  const nodes: TestServer[] = [];
  for (const busPort of busPorts) {
    const options = ['--cluster-enabled', 'yes', '--cluster-port', String(busPort), ...inMemory];
    const timing = ['--cluster-node-timeout', String(silentMs), '--cluster-require-full-coverage', 'no'];
    const node = await start(env, 'a Redis Cluster', () => [...options, ...timing, '--repl-diskless-sync-delay', '0']);
    if (node === undefined) return undefined;
    nodes.push(node);
  }
  await joined(nodes, busPorts);
  const url = `redis+cluster://${nodes.slice(0, 2).map(addressOf).join(',')}`;
  return { url, nodes, ask, stop: stopped(nodes) };
}

async function joined(nodes: readonly TestServer[], busPorts: readonly number[]): Promise<void> {
  const [first] = nodes as [TestServer];
  for (const [at, node] of nodes.entries()) await ask(node, 'CLUSTER', 'SET-CONFIG-EPOCH', String(at + 1));
  for (const [at, node] of nodes.entries())
    if (at > 0) await ask(first, 'CLUSTER', 'MEET', host, portOf(node), String(busPorts[at]));
  const share = Math.ceil(16_384 / 3);
  for (const [at, primary] of nodes.slice(0, 3).entries()) {
    const last = Math.min(16_384, (at + 1) * share) - 1;
    await ask(primary, 'CLUSTER', 'ADDSLOTSRANGE', String(at * share), String(last));
  }
  const info = ['CLUSTER', 'INFO'];
  for (const node of nodes) await until(node, info, (said) => /^cluster_known_nodes:6\b/m.test(String(said)));
  for (const [at, primary] of nodes.slice(0, 3).entries()) {
    const id = String(await ask(primary, 'CLUSTER', 'MYID'));
    await eventually(() => ask(nodes[at + 3] as TestServer, 'CLUSTER', 'REPLICATE', id));
  }
  for (const replica of nodes.slice(3))
    await until(replica, ['INFO', 'replication'], (said) => /^master_link_status:up/m.test(String(said)));
  for (const node of nodes) {
    await until(node, info, (said) => /^cluster_state:ok/m.test(String(said)));
    // Each range of slots names its primary and one that copies it.
    await until(node, ['CLUSTER', 'SLOTS'], (said) => (said as unknown[][]).every((range) => range.length === 4));
  }
}

/** The name under which Sentinels watch the primary of `redisSentinel`. */
const watchedName = 'vox';

/** A primary, a server that copies it, and three Sentinels that watch them. `undefined` as with `redisCluster`. */
export async function redisSentinel(env: Env): Promise<RedisGroup | undefined> {
  const what = 'Redis with Sentinels';
  const primary = await start(env, what, () => inMemory);
  if (primary === undefined) return undefined;
  const replicaArgs = [...inMemory, '--replicaof', host, portOf(primary)];
  const monitor = [
    `sentinel monitor ${watchedName} ${host} ${portOf(primary)} 2`,
    `sentinel down-after-milliseconds ${watchedName} ${silentMs}`,
    `sentinel failover-timeout ${watchedName} 3000`,
    '',
  ].join('\n');
  const replica = (await start(env, what, () => replicaArgs)) as TestServer;
  await until(replica, ['INFO', 'replication'], (said) => /^master_link_status:up/m.test(String(said)));
  const sentinels = await all(
    Array.from({ length: 3 }, () =>
      start(
        env,
        what,
        (folder) => [join(folder, 'sentinel.conf'), '--sentinel'],
        (folder) => writeFileSync(join(folder, 'sentinel.conf'), monitor),
      ),
    ),
  );
  for (const sentinel of sentinels)
    for (const [others, count] of [
      ['SENTINELS', 2],
      ['REPLICAS', 1],
    ] as const)
      await until(sentinel, ['SENTINEL', others, watchedName], (said) => (said as unknown[]).length === count);
  const nodes = [primary, replica];
  const url = `redis+sentinel://${sentinels.map(addressOf).join(',')}/${watchedName}`;
  return { url, nodes, ask, stop: stopped([...sentinels, ...nodes]) };
}
