import { orUnavailable } from '@vox/shared/fault';
import { Redis } from 'ioredis';
import { type Dimension, windowMs } from '../decide/window.ts';
import type { Carries } from './carries.ts';
import { inTime } from './in-time.ts';
import type { Answer, ForgettingLimits } from './limits.ts';
import type { Marks } from './marks.ts';
import { answersOf, argumentsOf, keysOf, takeScript } from './take-script.ts';
import { together } from './together.ts';

/** Nobody waits longer for a count, 50 ms with what he waited behind others; the caller then counts by itself. */
const commandTimeoutMs = 45;

export type RedisStore = Readonly<{
  limits: ForgettingLimits;
  marks: Marks;
  carries: Carries;
  healthy: () => Promise<boolean>;
  close: () => Promise<void>;
}>;

type Put = Readonly<{ key: string; value: string; lifeMs: number }>;

/** Redis does nothing else while it counts: this many at once keep it for about a millisecond. */
const atOnce = { most: 64, behindMs: 5 };

/** The edge's counters and marks in Redis. It never waits for a link: while there is none, every call fails at once. */
export function redisStore(url: string, spanMs = windowMs): RedisStore {
  const redis = new Redis(url, {
    connectTimeout: 1_000,
    // A link whose other end is gone without a word takes writes for a quarter of an hour: silence this long ends it.
    socketTimeout: 1_000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (tries) => Math.min(tries * 50, 1_000),
  });
  const answered = <T>(ask: () => Promise<T>): Promise<T> => orUnavailable(() => inTime(ask(), commandTimeoutMs));
  // Without a listener a lost link would end the process; each call says for itself that the store is down.
  redis.on('error', () => undefined);
  redis.defineCommand('voxTake', { lua: takeScript });
  const { voxTake } = redis as unknown as { voxTake: (...given: (string | number)[]) => Promise<number[]> };
  const take = together<readonly Dimension[], Answer>(atOnce, async (requests) => {
    const keys = keysOf(requests);
    const given = [keys.length, ...keys, ...argumentsOf(requests, spanMs)];
    return answersOf(requests, await answered(() => voxTake.apply(redis, given)));
  });
  const putTogether = together<Put, void>(atOnce, async (puts) => {
    const commands = puts.map(({ key, value, lifeMs }) => ['set', key, value, 'PX', lifeMs]);
    await answered(async () => {
      for (const [error] of (await redis.pipeline(commands).exec()) ?? []) if (error !== null) throw error;
    });
    return puts.map(() => undefined);
  });
  const put = (key: string, value: string, lifeMs: number) => putTogether({ key, value, lifeMs });

  return {
    limits: {
      take,
      forget: async (scope, keys) =>
        keys.length === 0 ? 0 : answered(() => redis.del(...keys.map((key) => `vox:limit:${scope}:${key}`))),
    },
    marks: {
      claim: async (key, value, lifeMs) =>
        (await answered(() => redis.set(`vox:mark:${key}`, value, 'PX', lifeMs, 'NX', 'GET'))) ?? undefined,
      put: (key, value, lifeMs) => put(`vox:mark:${key}`, value, lifeMs),
      drop: async (key) => void (await answered(() => redis.del(`vox:mark:${key}`))),
    },
    carries: {
      take: async (key) => (await answered(() => redis.getdel(`vox:${key}`))) ?? undefined,
      put: (key, value, lifeMs) => put(`vox:${key}`, value, lifeMs),
    },
    healthy: () =>
      inTime(redis.ping(), commandTimeoutMs).then(
        () => true,
        () => false,
      ),
    close: async () => redis.disconnect(),
  };
}
