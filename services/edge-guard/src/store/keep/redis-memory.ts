import { Reason } from '@vox/platform/fault';
import { Cluster, type Redis } from 'ioredis';
import type { OpenRedis } from './open-redis.ts';

/** What a Redis does when its memory is full, as far as its user may know. */
export type RedisMemory = Readonly<{ policy: string | undefined; full: boolean }>;

/**
 * The only policy under which nobody’s count is thrown away because somebody else filled the memory (docs/redis.md).
 */
export const wantedPolicy = 'noeviction';

/** What the server tells about one thing, field by field. A user without the right to ask may still count. */
async function toldOf(redis: Redis, section: 'memory' | 'server'): Promise<(name: string) => string | undefined> {
  const text = await redis.info(section).catch((error: Error) => {
    if (error.message.startsWith('NOPERM')) return '';
    throw error;
  });
  return (name) => new RegExp(`^${name}:(\\S+)`, 'm').exec(text)?.[1];
}

export const versionOf = async (redis: Redis): Promise<string | undefined> =>
  (await toldOf(redis, 'server'))('redis_version');

export async function memoryOf(redis: Redis): Promise<RedisMemory> {
  const field = await toldOf(redis, 'memory');
  const policy = field('maxmemory_policy');
  const most = Number(field('maxmemory') ?? 0);
  return { policy, full: policy === wantedPolicy && most > 0 && Number(field('used_memory')) >= most };
}

/** Fails when a server does not answer, refuses to write because it is full, or slots of a cluster have no server. */
export async function askWhetherThere({ redis, primaries }: OpenRedis): Promise<void> {
  if (redis instanceof Cluster) await askForSlots(redis, primaries().length);
  await Promise.all(
    primaries().map(async (primary) => {
      await primary.ping();
      if ((await memoryOf(primary)).full) throw new Reason('it is full and refuses');
    }),
  );
}

/** The servers notice the death of one after a while, and the driver sees at once that its connection is gone. */
async function askForSlots(cluster: Cluster, connected: number): Promise<void> {
  const state = await cluster.cluster('INFO');
  const isWhole = /^cluster_state:ok/m.test(state) && /^cluster_slots_ok:16384\b/m.test(state);
  const named = new Set(cluster.slots.map(([primary]) => primary)).size;
  if (!isWhole || connected < named) throw new Reason('a part of its keys has no server');
}
