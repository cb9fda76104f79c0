import { Reason } from '@vox/platform/fault';
import type { Redis } from 'ioredis';

/** What a Redis does when its memory is full, as far as its user may know. */
export type RedisMemory = Readonly<{ policy: string | undefined; full: boolean }>;

/**
 * The only policy under which nobody’s count is thrown away because somebody else filled the memory (docs/redis.md).
 */
export const wantedPolicy = 'noeviction';

export async function memoryOf(redis: Redis): Promise<RedisMemory> {
  const text = await redis.info('memory').catch((error: Error) => {
    // A user without the right to it may still count.
    if (error.message.startsWith('NOPERM')) return '';
    throw error;
  });
  const field = (name: string): string | undefined => new RegExp(`^${name}:(\\S+)`, 'm').exec(text)?.[1];
  const policy = field('maxmemory_policy');
  const most = Number(field('maxmemory') ?? 0);
  return { policy, full: policy === wantedPolicy && most > 0 && Number(field('used_memory')) >= most };
}

/** Fails when the server does not answer, or refuses to write because it is full. */
export async function askWhetherThere(redis: Redis): Promise<void> {
  await redis.ping();
  if ((await memoryOf(redis)).full) throw new Reason('it is full and refuses');
}
