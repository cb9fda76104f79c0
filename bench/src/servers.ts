import { furnish, mongoServer, natsServer, redisServer } from '@vox/testing';

/** The URLs of the servers that a path may use. */
export type Servers = Readonly<{ nats: string; redis: string; mongo: string }>;

export async function openServers(): Promise<Servers & { stop: () => Promise<void> }> {
  const [nats, redis, mongo] = [
    await natsServer(process.env),
    await redisServer(process.env),
    await mongoServer(process.env),
  ];
  if (nats === undefined || redis === undefined || mongo === undefined) {
    throw new Error('the bench needs NATS, Redis and MongoDB: by URL, on the PATH or in Docker');
  }
  await furnish(nats.url);
  const stop = async () => {
    for (const server of [nats, redis, mongo]) await server.stop();
  };
  return { nats: nats.url, redis: redis.url, mongo: mongo.url, stop };
}
