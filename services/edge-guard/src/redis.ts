import { orUnavailable } from '@vox/platform/fault';
import { batcher } from '@vox/platform/time';
import { Redis } from 'ioredis';
import { type Dimension, windowMs } from './limits/decide/window.ts';
import type { Answer, ForgettingLimits } from './limits/keep/limits.ts';
import { answersOf, argumentsOf, keysOf, takeScript } from './limits/keep/take-script.ts';
import type { Marks } from './store/keep/claims.ts';
import { inTime } from './store/keep/in-time.ts';
import { askWhetherThere, memoryOf } from './store/keep/redis-memory.ts';
import type { Carries } from './transcripts/keep/redaction-states.ts';

/** Nobody waits longer for a count, 50 ms with what he waited behind others; the caller then counts by itself. */
const answerWithinMs = 45;

export type RedisStore = Readonly<{
  limits: ForgettingLimits;
  marks: Marks;
  carries: Carries;
  healthy: () => Promise<boolean>;
  /** Rejects when the server does not answer, or is full and refuses to write. */
  ask: () => Promise<void>;
  close: () => Promise<void>;
}>;

export type RedisOptions = Readonly<{
  spanMs?: number;
  withinMs?: number;
  /** Told what the link dies of, though nobody asks for anything. */
  onError?: (error: unknown) => void;
  /** Told at each new link what the server throws away when it is full; nothing where that may not be known. */
  onPolicy?: (policy: string | undefined) => void;
}>;

type Script<T> = (...given: (string | number)[]) => Promise<T>;
type Put = Readonly<{ key: string; value: string; lifeMs: number }>;

/** Each value under its key, for its milliseconds. */
const putScript = `
for place, key in ipairs(KEYS) do
  redis.call('SET', key, ARGV[2 * place - 1], 'PX', ARGV[2 * place])
end
`;

/** Redis does nothing else while it counts: this many at once keep it for about a millisecond. */
const atOnce = { sizeMax: 64, waitMs: 5 };

/** The edge's counters and marks in Redis. It never waits for a link: while there is none, every call fails at once. */
export function redisStore(
  url: string,
  {
    spanMs = windowMs,
    withinMs = answerWithinMs,
    onError = () => undefined,
    onPolicy = () => undefined,
  }: RedisOptions = {},
): RedisStore {
  const redis = new Redis(url, {
    connectTimeout: 1_000,
    // A link whose other end is gone without a word takes writes for a quarter of an hour: silence this long ends it.
    socketTimeout: 1_000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (tries) => Math.min(tries * 50, 1_000),
  });
  const answered = <T>(ask: () => Promise<T>): Promise<T> => orUnavailable(() => inTime(ask(), withinMs));
  /** The same, in one write to the socket with what else is gathered at this moment. */
  const gathered = <T>(ask: () => Promise<T>): Promise<T> => {
    const socket: Redis['stream'] | undefined = redis.stream;
    socket?.cork();
    process.nextTick(() => socket?.uncork());
    return answered(ask);
  };
  // Without a listener a lost link would end the process; each call says for itself that the store is down.
  redis.on('error', onError);
  redis.on('ready', () => void memoryOf(redis).then(({ policy }) => onPolicy(policy), onError));
  redis.defineCommand('voxTake', { lua: takeScript });
  redis.defineCommand('voxPut', { lua: putScript });
  const { voxTake, voxPut } = redis as unknown as { voxTake: Script<number[]>; voxPut: Script<null> };
  const take = batcher<readonly Dimension[], Answer>(atOnce, async (requests) => {
    const keys = keysOf(requests);
    const given = [keys.length, ...keys, ...argumentsOf(requests, spanMs)];
    return answersOf(requests, await gathered(() => voxTake.apply(redis, given)));
  });
  const putTogether = batcher<Put, void>(atOnce, async (puts) => {
    const values = puts.flatMap(({ value, lifeMs }) => [value, lifeMs]);
    await gathered(() => voxPut.call(redis, puts.length, ...puts.map(({ key }) => key), ...values));
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
    ask: () => askWhetherThere(redis),
    healthy: () =>
      inTime(redis.ping(), withinMs).then(
        () => true,
        () => false,
      ),
    close: async () => redis.disconnect(),
  };
}
