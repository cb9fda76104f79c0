import { redisCommands, redisUser } from '@vox/edge-guard/redis-rights';
import { Redis } from 'ioredis';
import type { RedisFacts } from '../facts.ts';
import { clockOf, isLoopbackHost } from './attempt.ts';

const timeoutMs = 2_000;

/** Commands that look and change nothing, and that edge-guard does not need. */
const foreign = { 'CONFIG GET': ['config', 'GET', 'maxmemory'], DBSIZE: ['dbsize'], 'ACL LIST': ['acl', 'LIST'] };

type Link = Readonly<{ call: (command: string, ...given: string[]) => Promise<unknown> }>;

async function allowed(link: Link): Promise<string[]> {
  const tried = Object.entries(foreign).map(async ([name, [command = '', ...given]]) => {
    const isLet = await link.call(command, ...given).then(
      () => true,
      () => false,
    );
    return isLet ? [name] : [];
  });
  return (await Promise.all(tried)).flat();
}

/** The commands of edge-guard's user beyond its contract, as somebody who may read the ACL sees them. */
async function granted(link: Link): Promise<string[]> {
  const answer = await link.call('acl', 'GETUSER', redisUser).catch(() => undefined);
  const fields = Array.isArray(answer) ? answer : [];
  const commands = fields[fields.indexOf('commands') + 1];
  if (typeof commands !== 'string') return [];
  const known = new Set<string>(redisCommands);
  return commands.split(' ').filter((each) => each.startsWith('+') && !known.has(each.slice(1)));
}

/** Reads Redis with the user of a URL: edge-guard's own may read the most of it. */
export async function readRedis(url: string, ca: string | undefined): Promise<RedisFacts> {
  const { protocol, hostname, username, password } = new URL(url);
  const redis = new Redis(url, {
    ...(ca !== undefined && { tls: { ca } }),
    ...{ lazyConnect: true, disableClientInfo: true, enableReadyCheck: false, enableOfflineQueue: false },
    ...{ connectTimeout: timeoutMs, commandTimeout: timeoutMs, maxRetriesPerRequest: 0, retryStrategy: () => null },
  });
  const broken: unknown[] = [];
  redis.on('error', (error) => void broken.push(error));
  try {
    await redis.connect().catch((error: unknown) => Promise.reject(broken[0] ?? error));
    const info = await redis.info();
    const field = (name: string): string | undefined => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1];
    const timed = await clockOf(
      'Redis',
      () => redis.time(),
      ([seconds, micros]) => Number(seconds) * 1_000 + Number(micros) / 1_000,
    ).catch(() => undefined);
    const user = username === '' ? undefined : decodeURIComponent(username);
    return {
      ...{ tls: ca !== undefined || protocol === 'rediss:', isLoopback: isLoopbackHost(hostname) },
      ...{ version: field('redis_version') ?? '0', user, hasPassword: password !== '', clock: timed?.clock },
      ...{ policy: field('maxmemory_policy'), bytes: Number(field('used_memory') ?? 0) },
      bytesMax: Number(field('maxmemory') ?? 0),
      appends: field('aof_enabled') === '1',
      savesSnapshots: Number(field('rdb_saves') ?? 0) > 0,
      tooMuch: user === redisUser ? await allowed(redis) : await granted(redis),
    };
  } finally {
    redis.disconnect();
  }
}
