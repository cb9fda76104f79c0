import { spawned, type TestServer } from './spawned.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** MongoDB, from MONGODB_URI or a `mongod`. */
export const mongoServer = (env: Env, keptIn?: string): Promise<TestServer | undefined> =>
  spawned(
    {
      what: 'MongoDB',
      variable: 'MONGODB_URI',
      binary: 'mongod',
      args: (port, folder) => ['--port', String(port), '--dbpath', folder, '--bind_ip', '127.0.0.1'],
      urlOf: (port) => `mongodb://127.0.0.1:${port}/?directConnection=true`,
    },
    env,
    keptIn,
  );

/** NATS with JetStream, from NATS_URL or a `nats-server`, which may read a configuration file. */
export const natsServer = (env: Env, keptIn?: string, config?: string): Promise<TestServer | undefined> =>
  spawned(
    {
      what: 'NATS',
      variable: 'NATS_URL',
      binary: 'nats-server',
      args: (port, folder) => [
        '-js',
        '-sd',
        folder,
        '-a',
        '127.0.0.1',
        '-p',
        String(port),
        ...(config ? ['-c', config] : []),
      ],
      urlOf: (port) => `nats://127.0.0.1:${port}`,
    },
    env,
    keptIn,
  );

/** Redis, from REDIS_URL or a `redis-server`. */
export const redisServer = (env: Env, keptIn?: string): Promise<TestServer | undefined> =>
  spawned(
    {
      what: 'Redis',
      variable: 'REDIS_URL',
      binary: 'redis-server',
      args: (port, folder) => ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
      urlOf: (port) => `redis://127.0.0.1:${port}`,
    },
    env,
    keptIn,
  );
