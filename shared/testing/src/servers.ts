import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { MongoClient } from 'mongodb';
import { type TestServer, testServer } from './spawned.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Files of a certificate for loopback and of the authority that signed it, all in PEM, under absolute paths. */
export type CertificateFiles = Readonly<{
  certificate: string;
  key: string;
  /** Both in one. */
  both: string;
  authority: string;
}>;
export type Credentials = Readonly<{ user: string; password: string }>;
const shown = ({ user, password }: Credentials): string => `${user}:${password}@`;

/** Sends a text to a server over TCP, or over TLS, and returns the first version that it names. */
async function versionOver(url: string, say: string, pattern: RegExp, authority?: string): Promise<string> {
  const { hostname: host, port } = new URL(url);
  const to = { host, port: Number(port), timeout: 2_000 };
  const socket = authority === undefined ? connect(to) : connectTls({ ...to, ca: readFileSync(authority) });
  try {
    socket.write(say);
    let heard = '';
    for (;;) {
      const [bytes] = (await once(socket, 'data', { signal: AbortSignal.timeout(2_000) })) as [Buffer];
      heard += bytes.toString();
      const version = pattern.exec(heard)?.[1];
      if (version !== undefined) return version;
    }
  } finally {
    socket.destroy();
  }
}

async function mongoVersion(url: string): Promise<string> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 2_000 });
  try {
    const { version, ...rest } = await client.db('admin').command({ buildInfo: 1 });
    // A server of the same wire protocol names its real kind in another field.
    const others = Object.entries(rest).filter(
      ([name, value]) => /(?<!git)version$/i.test(name) && typeof value === 'string',
    );
    return [version, ...others.map(([name, value]) => `${name} ${value}`)].join(', ');
  } finally {
    await client.close();
  }
}

/** A `mongod` of the PATH that knows users and speaks TLS. The data in its folder must hold the administrator. */
export type SecuredMongo = Readonly<{ files: CertificateFiles; admin: Credentials }>;

const tlsFlags = ({ both }: CertificateFiles): string[] => ['--tlsMode', 'requireTLS', '--tlsCertificateKeyFile', both];
/** A stand-in for `mongod` may take no flags for TLS and read a file in its folder instead. */
const takesTlsFlags = (): boolean =>
  /--tlsMode/.test(spawnSync('mongod', ['--help'], { encoding: 'utf8' }).stdout ?? '');
const tlsFile = ({ certificate, key }: CertificateFiles): string =>
  `[tls]\ncert_file = ${JSON.stringify(certificate)}\nkey_file = ${JSON.stringify(key)}\n`;

/** MongoDB, from MONGODB_URI, a `mongod` or an image. */
export function mongoServer(env: Env, keptIn?: string, secured?: SecuredMongo): Promise<TestServer | undefined> {
  const withFlags = secured !== undefined && takesTlsFlags();
  const plainUrl = (port: number): string => `mongodb://127.0.0.1:${port}/?directConnection=true`;
  const securedUrl = (port: number, { files, admin }: SecuredMongo): string =>
    `mongodb://${shown(admin)}127.0.0.1:${port}/?directConnection=true&authSource=admin&tls=true&tlsCAFile=${files.authority}`;
  return testServer(
    {
      what: 'MongoDB',
      variable: 'MONGODB_URI',
      binary: 'mongod',
      args: (port, folder) => [
        ...['--port', String(port), '--dbpath', folder, '--bind_ip', '127.0.0.1'],
        ...(secured === undefined ? [] : ['--auth']),
        ...(withFlags ? tlsFlags(secured.files) : []),
      ],
      prepare: (folder) => {
        if (secured !== undefined && !withFlags) writeFileSync(join(folder, 'secantusd.toml'), tlsFile(secured.files));
      },
      urlOf: (port) => (secured === undefined ? plainUrl(port) : securedUrl(port, secured)),
      versionOf: mongoVersion,
      image: 'mongo:8.0',
      imageArgs: [],
      imagePort: 27_017,
      imageUrlOf: plainUrl,
    },
    env,
    keptIn,
  );
}

/** A server of NATS says its version before TLS begins. */
export const natsVersion = (url: string): Promise<string> => versionOver(url, '', /"version":"([^"]+)"/);

/**
 * NATS with JetStream, from NATS_URL, a `nats-server` (which may read a configuration file, and then may speak TLS) or
 * an image.
 */
export const natsServer = (env: Env, keptIn?: string, config?: string, tls = false): Promise<TestServer | undefined> =>
  testServer(
    {
      what: 'NATS',
      variable: 'NATS_URL',
      binary: 'nats-server',
      args: (port, folder) => [
        ...['-js', '-sd', folder, '-a', '127.0.0.1', '-p', String(port)],
        ...(config === undefined ? [] : ['-c', config]),
      ],
      urlOf: (port) => `${tls ? 'tls' : 'nats'}://127.0.0.1:${port}`,
      versionOf: natsVersion,
      image: 'nats:2.12-alpine',
      imageArgs: ['-js'],
      imagePort: 4_222,
      imageUrlOf: (port) => `nats://127.0.0.1:${port}`,
    },
    env,
    keptIn,
  );

/** A `redis-server` of the PATH that speaks TLS alone, and its users. The administrator is one of them. */
export type SecuredRedis = Readonly<{ files: CertificateFiles; aclFile: string; admin: Credentials }>;

const redisFlags = (port: number, secured?: SecuredRedis): string[] => {
  if (secured === undefined) return ['--port', String(port)];
  const { files, aclFile } = secured;
  return [
    ...['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no', '--aclfile', aclFile],
    ...['--tls-cert-file', files.certificate, '--tls-key-file', files.key],
  ];
};

/** Redis, from REDIS_URL, a `redis-server` or an image. */
export function redisServer(env: Env, keptIn?: string, secured?: SecuredRedis): Promise<TestServer | undefined> {
  const ask = 'INFO server\r\n';
  const plainUrl = (port: number): string => `redis://127.0.0.1:${port}`;
  return testServer(
    {
      what: 'Redis',
      variable: 'REDIS_URL',
      binary: 'redis-server',
      args: (port, folder) => [...redisFlags(port, secured), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
      urlOf: (port) => (secured === undefined ? plainUrl(port) : `rediss://${shown(secured.admin)}127.0.0.1:${port}`),
      versionOf(url) {
        const known = /redis_version:([^\r\n]+)/;
        if (secured === undefined || !url.startsWith('rediss:')) return versionOver(url, ask, known);
        const { user, password } = secured.admin;
        return versionOver(url, `AUTH ${user} ${password}\r\n${ask}`, known, secured.files.authority);
      },
      image: 'redis:8-alpine',
      imageArgs: [],
      imagePort: 6_379,
      imageUrlOf: plainUrl,
    },
    env,
    keptIn,
  );
}
