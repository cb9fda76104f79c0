import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { busIdentities } from '@vox/contracts';
import { natsServerConfig, newServiceKey, type ServiceKey } from '@vox/platform/bus';
import { natsVersion } from './servers.ts';
import { freePort, type TestServer, testServer } from './spawned.ts';

type Env = Readonly<Record<string, string | undefined>>;

export type NatsNode = TestServer & Readonly<{ name: string }>;
export type NatsGroup = Readonly<{
  nodes: readonly NatsNode[];
  /** As NATS_URL takes it, parted. */
  urls: readonly string[];
  /** What each service proves itself by. */
  keys: Readonly<Record<string, ServiceKey>>;
  stop: () => Promise<void>;
}>;

const host = '127.0.0.1';

/**
 * Three `nats-server` of the PATH that are one cluster, with the rights of each service. Each fact is on the disk
 * before it is acknowledged. `undefined`, said aloud, where there is no `nats-server`.
 */
export async function natsCluster(env: Env): Promise<NatsGroup | undefined> {
  const keys = Object.fromEntries(busIdentities.map((service) => [service, newServiceKey()]));
  const publicKeys = Object.fromEntries(Object.entries(keys).map(([service, { publicKey }]) => [service, publicKey]));
  const routes = await Promise.all(Array.from({ length: 3 }, async () => `${host}:${await freePort()}`));
  const opened = await Promise.all(
    routes.map(async (listen, at) => {
      const name = `n${at + 1}`;
      const cluster = { name: 'vox', serverName: name, listen, routes, password: 'between-servers' };
      const config = natsServerConfig(publicKeys, undefined, { cluster, syncAlways: true });
      const server = await startOne(env, config);
      return server && { ...server, name };
    }),
  );
  const nodes = opened.filter((node) => node !== undefined);
  if (nodes.length < routes.length) return undefined;
  return {
    nodes,
    urls: nodes.map(({ url }) => url),
    keys,
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}

const startOne = (env: Env, config: string): Promise<TestServer | undefined> =>
  testServer(
    {
      what: 'a cluster of NATS',
      variable: 'VOX_TEST_NATS_GROUP',
      binary: 'nats-server',
      args: (port, folder) => ['-js', '-sd', folder, '-a', host, '-p', String(port), '-c', join(folder, 'nats.conf')],
      prepare: (folder) => writeFileSync(join(folder, 'nats.conf'), config),
      urlOf: (port) => `nats://${host}:${port}`,
      versionOf: natsVersion,
      // One container does not make a cluster.
      image: 'none',
      imageArgs: [],
      imagePort: 4_222,
    },
    env,
  );
