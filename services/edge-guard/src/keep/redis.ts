import { orUnavailable } from '@vox/shared/fault';
import { Redis } from 'ioredis';
import { type Dimension, most, secondsOf, type Taken, windowMs } from '../decide/window.ts';
import type { Carries } from './carries.ts';
import { keyOf, type Limits } from './limits.ts';
import type { Marks } from './marks.ts';

/** Nobody waits longer for a count; the caller then counts by itself. */
const commandTimeoutMs = 50;

export type RedisStore = Readonly<{
  limits: Limits;
  marks: Marks;
  carries: Carries;
  healthy: () => Promise<boolean>;
  close: () => Promise<void>;
}>;

/**
 * One request against every dimension, in one round trip. Each key holds the moments (milliseconds of the server's clock) of what was
 * admitted, the oldest first, never more than the limit allows. Answers the number of a dimension that has no room and its wait, or 0;
 * then for each dimension what is left and the milliseconds until it is empty again.
 */
const takeScript = `
local span = tonumber(ARGV[1])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local refused, wait = 0, 0
local answer = {0, 0}
for place, key in ipairs(KEYS) do
  local allowed = tonumber(ARGV[place + 1])
  local oldest = redis.call('LINDEX', key, 0)
  while oldest and tonumber(oldest) <= now - span do
    redis.call('LPOP', key)
    oldest = redis.call('LINDEX', key, 0)
  end
  local count = redis.call('LLEN', key)
  local newest = count > 0 and tonumber(redis.call('LINDEX', key, -1)) or now
  if count >= allowed then
    answer[2 * place + 1] = 0
    answer[2 * place + 2] = count > 0 and newest + span - now or 0
    if refused == 0 then
      refused = place
      local first = redis.call('LINDEX', key, count - allowed)
      wait = first and math.max(1, tonumber(first) + span - now) or span
    end
  else
    answer[2 * place + 1] = allowed - count - 1
    answer[2 * place + 2] = span
  end
end
if refused == 0 then
  for _, key in ipairs(KEYS) do
    redis.call('RPUSH', key, now)
    redis.call('PEXPIRE', key, span)
  end
end
answer[1], answer[2] = refused, wait
return answer
`;

/** The edge's counters and marks in Redis. It never waits for a link: while there is none, every call fails at once. */
export function redisStore(url: string, spanMs = windowMs): RedisStore {
  const redis = new Redis(url, {
    commandTimeout: commandTimeoutMs,
    connectTimeout: 1_000,
    // A link whose other end is gone without a word takes writes for a quarter of an hour: silence this long ends it.
    socketTimeout: 1_000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (tries) => Math.min(tries * 50, 1_000),
  });
  // Without a listener a lost link would end the process; each call says for itself that the store is down.
  redis.on('error', () => undefined);
  redis.defineCommand('voxTake', { lua: takeScript });
  const take = (keys: readonly string[], args: readonly number[]): Promise<number[]> =>
    (redis as unknown as { voxTake: (...given: (string | number)[]) => Promise<number[]> }).voxTake(
      keys.length,
      ...keys,
      ...args,
    );

  return {
    limits: {
      async take(dimensions) {
        const keys = dimensions.map((dimension) => `vox:limit:${keyOf(dimension)}`);
        const allowed = dimensions.map(({ limit }) => most(limit));
        const [place = 0, retryMs = 0, ...rest] = await orUnavailable(() => take(keys, [spanMs, ...allowed]));
        const takenOf = ({ scope, limit }: Dimension, index: number): Taken => ({
          scope,
          limit: most(limit),
          remaining: rest[2 * index] ?? 0,
          resetSeconds: secondsOf(rest[2 * index + 1] ?? 0),
        });
        const dimension = dimensions[place - 1];
        return dimension === undefined
          ? { kind: 'taken', taken: dimensions.map(takenOf) }
          : { kind: 'refused', by: takenOf(dimension, place - 1), dimension, retryMs };
      },
    },
    marks: {
      claim: async (key, value, lifeMs) =>
        (await orUnavailable(() => redis.set(`vox:mark:${key}`, value, 'PX', lifeMs, 'NX', 'GET'))) ?? undefined,
      put: async (key, value, lifeMs) =>
        void (await orUnavailable(() => redis.set(`vox:mark:${key}`, value, 'PX', lifeMs))),
      drop: async (key) => void (await orUnavailable(() => redis.del(`vox:mark:${key}`))),
    },
    carries: {
      take: async (key) => (await orUnavailable(() => redis.getdel(`vox:${key}`))) ?? undefined,
      put: async (key, value, lifeMs) => void (await orUnavailable(() => redis.set(`vox:${key}`, value, 'PX', lifeMs))),
    },
    healthy: () =>
      redis.ping().then(
        () => true,
        () => false,
      ),
    close: async () => redis.disconnect(),
  };
}
