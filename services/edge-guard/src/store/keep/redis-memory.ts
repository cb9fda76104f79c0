import { Reason } from '@vox/platform/fault';
import type { Redis } from 'ioredis';

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

/** Fails when the server does not answer, or refuses to write because it is full. */
export async function askWhetherThere(redis: Redis): Promise<void> {
  await redis.ping();
  if ((await memoryOf(redis)).full) throw new Reason('it is full and refuses');
}
