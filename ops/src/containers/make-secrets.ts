import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { busIdentities } from '@vox/contracts';
import { redisAcl, redisUser } from '@vox/edge-guard/redis-rights';
import { natsServerConfig, newServiceKey, publicKeyOf } from '@vox/platform/bus';
import { newAuthority, newServerCertificate, stillServes } from '../stores/certificates.ts';
import { storeUri, storeUsers } from '../stores/store-users.ts';
import { isUnderOtherName, stagesOf, userNameOf } from './rotate-secrets.ts';

export type SecretsOptions = Readonly<{
  /** For the services: what each proves itself by. Only this user may read it. */
  folder: string;
  /**
   * A folder in it for each server, which runs as a user of its own: its certificate, and what it lets others in by. No
   * server sees another's. Another folder, `admin`, is for whoever makes all this: no service and no server sees it.
   */
  serversFolder: string;
  providerKey: string | undefined;
  /** Where Alertmanager tells of what wakes somebody, and of what waits for the day: addresses that are secrets. */
  alertReceivers?: Readonly<{ pager?: string | undefined; tickets?: string | undefined }>;
  /** Whether MongoDB speaks TLS. */
  mongoTls: boolean;
  /** Whether NATS writes each fact through to the disk before it acknowledges it. */
  natsSyncAlways?: boolean;
  nowMs: number;
}>;

/** What a server is called in the network of the containers, and in its certificate. */
const hosts = { nats: 'nats', redis: 'redis', mongo: 'mongo' } as const;
/** The administrator of MongoDB, who makes the other users. */
const mongoRoot = 'root';

/** Where services find the authority. */
const authorityFile = '/secrets/ca.crt';

type Files = ReturnType<typeof filesIn>;
type Hosts = Readonly<Record<keyof typeof hosts, Files>>;
const filesIn = (folder: string, mode: number) => {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, value: string): void => writeFileSync(join(folder, name), value, { mode });
  return {
    write,
    read: (name: string): string | undefined =>
      existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : undefined,
    /** A value that is made once. */
    once(name: string, make: () => string): string {
      if (!existsSync(join(folder, name))) write(name, make());
      return readFileSync(join(folder, name), 'utf8');
    },
  };
};

const newPassword = (): string => randomBytes(24).toString('base64url');

/**
 * Makes the secrets of an installation, each once: a newer version adds only what is missing. What follows from them
 * and from this version is written again: rights, addresses, and certificates that end soon.
 */
export async function makeSecrets(options: SecretsOptions): Promise<void> {
  const { folder, serversFolder, providerKey, nowMs } = options;
  const own = filesIn(folder, 0o600);
  const filesOf = (host: string): Files => filesIn(join(serversFolder, host), 0o644);
  const servers: Hosts = { nats: filesOf(hosts.nats), redis: filesOf(hosts.redis), mongo: filesOf(hosts.mongo) };
  for (const service of ['auth', 'auth-codes', 'session-broker', 'edge-guard', 'auth-master', 'master'])
    own.once(`${service}.key`, () => randomBytes(32).toString('base64'));
  if (providerKey) own.write('openai.key', providerKey);
  else own.once('openai.key', () => `sk-simulated-${randomBytes(12).toString('hex')}`);
  const admin = filesIn(join(serversFolder, 'admin'), 0o600);
  await makeCertificates(own, servers, admin, nowMs);
  makeBusRights(own, servers.nats, options.natsSyncAlways ?? false);
  // Where it stood before the servers had a folder of their own.
  rmSync(join(folder, 'nats.conf'), { force: true });
  makeUsers(own, servers, admin, options);
  makeObservers(filesOf('grafana'), filesOf('alertmanager'), options.alertReceivers);
}

/** For the profile observability, whose containers run as users of their own. */
function makeObservers(grafana: Files, alertmanager: Files, receivers: SecretsOptions['alertReceivers'] = {}): void {
  grafana.once('admin.password', newPassword);
  for (const [name, url] of Object.entries(receivers)) if (url) alertmanager.write(`${name}.url`, url);
}

async function makeCertificates(own: Files, servers: Hosts, admin: Files, nowMs: number): Promise<void> {
  if (admin.read('ca.key') === undefined) {
    const { certificate, key } = await newAuthority('VOX servers', nowMs);
    own.write('ca.crt', certificate);
    admin.write('ca.key', key);
  }
  const authority = { certificate: own.read('ca.crt') ?? '', key: admin.read('ca.key') ?? '' };
  for (const [server, host] of Object.entries(hosts)) {
    const files = servers[server as keyof Hosts];
    const names = [host, 'localhost', '127.0.0.1'] as const;
    const held = files.read('server.crt');
    files.write('ca.crt', authority.certificate);
    if (held !== undefined && stillServes(held, authority.certificate, names, nowMs)) continue;
    const { certificate, key } = await newServerCertificate(authority, names, nowMs);
    files.write('server.key', key);
    files.write('server.crt', certificate);
    files.write('server.pem', certificate + key);
  }
}

function makeBusRights(own: Files, nats: Files, syncAlways: boolean): void {
  const publicKeys = busIdentities.map((service) => {
    own.once(`${service}.seed`, () => newServiceKey().seed);
    // While it is rotated, the old one and the new one.
    return [
      service,
      stagesOf(`${service}.seed`)
        .flatMap((name) => own.read(name) ?? [])
        .map(publicKeyOf),
    ];
  });
  const tls = { certificate: `/servers/${hosts.nats}/server.crt`, key: `/servers/${hosts.nats}/server.key` };
  nats.write('nats.conf', natsServerConfig(Object.fromEntries(publicKeys), tls, { syncAlways }));
}

function makeUsers(own: Files, servers: Hosts, admin: Files, { mongoTls, folder }: SecretsOptions): void {
  const server = `mongodb://${hosts.mongo}:27017/?directConnection=true`;
  const address = mongoTls ? `${server}&tls=true&tlsCAFile=${authorityFile}` : server;
  for (const user of [mongoRoot, ...Object.keys(storeUsers)]) {
    const files = user === mongoRoot ? admin : own;
    const password = files.once(`${user}.mongodb-password`, newPassword);
    files.write(`${user}.mongodb-uri`, storeUri(address, userNameOf(user, isUnderOtherName(folder, user)), password));
  }
  servers.mongo.write('root.password', admin.read(`${mongoRoot}.mongodb-password`) ?? '');
  // By which members of a replica set know one another; MongoDB asks for it as soon as it knows users.
  servers.mongo.once('keyfile', () => randomBytes(192).toString('base64'));
  const password = own.once(`${redisUser}.redis-password`, newPassword);
  own.write(`${redisUser}.redis-url`, `rediss://${redisUser}:${password}@${hosts.redis}:6379`);
  const passwords = stagesOf(`${redisUser}.redis-password`).flatMap((name) => own.read(name) ?? []);
  servers.redis.write('users.acl', redisAcl(passwords));
}
