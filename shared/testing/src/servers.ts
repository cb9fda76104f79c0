import { once } from 'node:events';
import { connect } from 'node:net';
import { MongoClient } from 'mongodb';
import { type TestServer, testServer } from './spawned.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Sends a text to a server over TCP and returns the first version that it names. */
async function versionOver(url: string, say: string, pattern: RegExp): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), timeout: 2_000 });
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

/** MongoDB, from MONGODB_URI, a `mongod` or an image. */
export const mongoServer = (env: Env, keptIn?: string): Promise<TestServer | undefined> =>
  testServer(
    {
      what: 'MongoDB',
      variable: 'MONGODB_URI',
      binary: 'mongod',
      args: (port, folder) => ['--port', String(port), '--dbpath', folder, '--bind_ip', '127.0.0.1'],
      urlOf: (port) => `mongodb://127.0.0.1:${port}/?directConnection=true`,
      versionOf: mongoVersion,
      image: 'mongo:8.0',
      imageArgs: [],
      imagePort: 27_017,
    },
    env,
    keptIn,
  );

/** NATS with JetStream, from NATS_URL, a `nats-server` (which may read a configuration file) or an image. */
export const natsServer = (env: Env, keptIn?: string, config?: string): Promise<TestServer | undefined> =>
  testServer(
    {
      what: 'NATS',
      variable: 'NATS_URL',
      binary: 'nats-server',
      args: (port, folder) => [
        ...['-js', '-sd', folder, '-a', '127.0.0.1', '-p', String(port)],
        ...(config === undefined ? [] : ['-c', config]),
      ],
      urlOf: (port) => `nats://127.0.0.1:${port}`,
      versionOf: (url) => versionOver(url, '', /"version":"([^"]+)"/),
      image: 'nats:2.12-alpine',
      imageArgs: ['-js'],
      imagePort: 4_222,
    },
    env,
    keptIn,
  );

/** Redis, from REDIS_URL, a `redis-server` or an image. */
export const redisServer = (env: Env, keptIn?: string): Promise<TestServer | undefined> =>
  testServer(
    {
      what: 'Redis',
      variable: 'REDIS_URL',
      binary: 'redis-server',
      args: (port, folder) => ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
      urlOf: (port) => `redis://127.0.0.1:${port}`,
      versionOf: (url) => versionOver(url, 'INFO server\r\n', /redis_version:([^\r\n]+)/),
      image: 'redis:8-alpine',
      imageArgs: [],
      imagePort: 6_379,
    },
    env,
    keptIn,
  );
