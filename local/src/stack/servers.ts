import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { busIdentities } from '@vox/contracts';
import { natsServerConfig, newServiceKey, type ServiceKey } from '@vox/platform/bus';
import { mongoServer, natsServer, redisServer, type TestServer } from '@vox/testing';

export type Servers = Readonly<{ nats: TestServer; redis: TestServer; mongo: TestServer }>;
export type Keys = Readonly<Record<string, ServiceKey>>;

/**
 * Makes a new nkey for every service, for the operator and for whoever makes the streams. The configuration of the
 * server, with the rights of each, goes to a file; `amended` may add to it.
 */
export function newKeys(configFile: string, amended: (config: string) => string = (config) => config): Keys {
  const keys = Object.fromEntries(busIdentities.map((service) => [service, newServiceKey()]));
  const publicKeys = Object.fromEntries(Object.entries(keys).map(([name, { publicKey }]) => [name, publicKey]));
  writeFileSync(configFile, amended(natsServerConfig(publicKeys)));
  return keys;
}

/**
 * Starts three servers of the stack's own: NATS gives each service its rights, and a test may pause or kill them.
 * `undefined` when one of them cannot be started. With `kept` their data stay in the folder.
 */
export async function openServers(
  folder: string,
  natsConfig: string,
  kept: boolean,
  { REQUIRE_SERVERS, VOX_TEST_REPORT }: Readonly<Record<string, string | undefined>>,
  onStop: (stop: () => Promise<void>) => void,
): Promise<Servers | undefined> {
  const data = kept ? join(folder, 'data') : undefined;
  const asked = { REQUIRE_SERVERS, VOX_TEST_REPORT };
  const nats = await natsServer(asked, data, natsConfig);
  const redis = await redisServer(asked, data);
  const mongo = await mongoServer(asked, data);
  for (const server of [nats, redis, mongo]) if (server !== undefined) onStop(server.stop);
  return nats && redis && mongo ? { nats, redis, mongo } : undefined;
}
