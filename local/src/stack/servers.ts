import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { busIdentities } from '@vox/contracts';
import { makeStoreUsers } from '@vox/ops/store-users';
import { type NatsTls, natsServerConfig, newServiceKey, type ServiceKey } from '@vox/platform/bus';
import { mongoServer, natsServer, redisServer, type TestServer } from '@vox/testing';
import { MongoClient } from 'mongodb';
import type { Identities } from './identities.ts';

/** Their URLs hold the administrator, where they know users. */
export type Servers = Readonly<{ nats: TestServer; redis: TestServer; mongo: TestServer }>;
export type Keys = Readonly<Record<string, ServiceKey>>;

/**
 * Makes a new nkey for every service, for the operator and for whoever makes the streams. The configuration of the
 * server, with the rights of each, goes to a file; `amended` may add to it.
 */
export function newKeys(
  configFile: string,
  tls: NatsTls | undefined,
  amended: (config: string) => string = (config) => config,
): Keys {
  const keys = Object.fromEntries(busIdentities.map((service) => [service, newServiceKey()]));
  const publicKeys = Object.fromEntries(Object.entries(keys).map(([name, { publicKey }]) => [name, publicKey]));
  writeFileSync(configFile, amended(natsServerConfig(publicKeys, tls)));
  return keys;
}

export type ServersWanted = Readonly<{
  folder: string;
  natsConfig: string;
  /** Keeps their data in the folder. */
  kept: boolean;
  /** Without them the servers speak no TLS, and both stores let anybody in. */
  identities: Identities | undefined;
  testEnv: Readonly<Record<string, string | undefined>>;
  onStop: (stop: () => Promise<void>) => void;
}>;

/**
 * Starts three servers of the stack's own: each gives a service its rights, and a test may pause or kill them.
 * `undefined` when one of them cannot be started. With `kept` their data stay in the folder.
 */
export async function openServers(wanted: ServersWanted): Promise<Servers | undefined> {
  const { folder, natsConfig, kept, identities, onStop } = wanted;
  const { REQUIRE_SERVERS, VOX_TEST_REPORT } = wanted.testEnv;
  const asked = { REQUIRE_SERVERS, VOX_TEST_REPORT };
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  if (!kept) onStop(async () => rmSync(data, { recursive: true, force: true }));
  const stopped = (server: TestServer | undefined): void => {
    if (server === undefined) return;
    onStop(async () => {
      // Data that are thrown away need no clean end.
      if (!kept) server.kill('SIGKILL');
      await server.stop();
    });
  };
  const nats = await natsServer(asked, data, natsConfig, identities !== undefined);
  stopped(nats);
  const redis = await redisServer(asked, data, identities);
  stopped(redis);
  const mongo = await (identities === undefined ? mongoServer(asked, data) : mongoWithUsers(asked, data, identities));
  stopped(mongo);
  return nats && redis && mongo ? { nats, redis, mongo } : undefined;
}

/** A mongod makes its first user while nobody has to prove anything: it starts twice. */
async function mongoWithUsers(
  asked: Readonly<Record<string, string | undefined>>,
  data: string,
  identities: Identities,
): Promise<TestServer | undefined> {
  const open = await mongoServer(asked, data);
  if (open === undefined) return undefined;
  const client = new MongoClient(open.url);
  try {
    const { user, password: pwd } = identities.admin;
    const admin = client.db('admin');
    const { users } = await admin.command({ usersInfo: user });
    await admin.command({ [users.length > 0 ? 'updateUser' : 'createUser']: user, pwd, roles: ['root'] });
    await makeStoreUsers(client, identities.passwords);
  } finally {
    await client.close();
    await open.stop();
  }
  return mongoServer(asked, data, identities);
}
