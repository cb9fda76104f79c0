import { orUnavailable } from '@vox/platform/fault';
import { batcher } from '@vox/platform/time';
import { Redis } from 'ioredis';
import { inTime } from './in-time.ts';
import { askWhetherThere, memoryOf, versionOf } from './redis-memory.ts';

/** Nobody waits longer for an answer, 50 ms with what he waited behind others; the caller then does without. */
const answerWithinMs = 45;
/** Redis does nothing else while it counts: this many at once keep it for about a millisecond. */
export const atOnce = { sizeMax: 64, waitMs: 5 };

export type RedisLinkOptions = Readonly<{
  withinMs?: number;
  /** Certificates (PEM) of the authority that signed the server's; with it nothing is sent without TLS. */
  ca?: string | undefined;
  /** Asked before each new link: user and password may have been rotated since the last one. */
  freshUrl?: () => string;
  /** Hears what the link dies of, though nobody asks for anything. */
  onError?: (error: unknown) => void;
  /** Hears at each new link what the server throws away when it is full; nothing where that may not be known. */
  onPolicy?: (policy: string | undefined) => void;
  /** Hears at each new link of which version the server is; nothing where that may not be known. */
  onVersion?: (version: string | undefined) => void;
}>;

export type Put = Readonly<{ key: string; value: string; lifeMs: number }>;

export type RedisLink = Readonly<{
  redis: Redis;
  /** An answer within its time, or Fault UNAVAILABLE. */
  answered: <T>(ask: () => Promise<T>) => Promise<T>;
  /** The same, in one write to the socket with what else is gathered at this moment. */
  gathered: <T>(ask: () => Promise<T>) => Promise<T>;
  /** Sets a value for its milliseconds, in one command with what others put meanwhile. */
  put: (put: Put) => Promise<void>;
  /** Rejects when the server does not answer, or is full and refuses to write. */
  ask: () => Promise<void>;
  healthy: () => Promise<boolean>;
  close: () => Promise<void>;
}>;

/** Each value under its key, for its milliseconds. */
const putScript = `
for place, key in ipairs(KEYS) do
  redis.call('SET', key, ARGV[2 * place - 1], 'PX', ARGV[2 * place])
end
`;
type PutCommand = (...given: (string | number)[]) => Promise<null>;

/** A link to Redis. It never waits for the server: while there is no connection, every call fails at once. */
export function redisLink(url: string, options: RedisLinkOptions = {}): RedisLink {
  const { withinMs = answerWithinMs, ca, freshUrl = () => url, onError = () => undefined } = options;
  const { onPolicy = () => undefined, onVersion = () => undefined } = options;
  const redis = new Redis(url, {
    ...(ca !== undefined && { tls: { ca } }),
    // Its user has no right to CLIENT, a part of which differs from version to version.
    disableClientInfo: true,
    connectTimeout: 1_000,
    // A link whose other end is gone without a word takes writes for a quarter of an hour: silence this long ends it.
    socketTimeout: 1_000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy(tries) {
      Object.assign(redis.options, whoOf(freshUrl()));
      return Math.min(tries * 50, 1_000);
    },
  });
  // Without a listener a lost link would end the process; each call says for itself that the store is down.
  redis.on('error', onError);
  redis.on('ready', () => void memoryOf(redis).then(({ policy }) => onPolicy(policy), onError));
  redis.on('ready', () => void versionOf(redis).then(onVersion, onError));
  redis.defineCommand('voxPut', { lua: putScript });
  const { voxPut } = redis as unknown as { voxPut: PutCommand };
  const answered = <T>(ask: () => Promise<T>): Promise<T> => orUnavailable(() => inTime(ask(), withinMs));
  const gathered = <T>(ask: () => Promise<T>): Promise<T> => {
    const socket: Redis['stream'] | undefined = redis.stream;
    socket?.cork();
    process.nextTick(() => socket?.uncork());
    return answered(ask);
  };
  const put = batcher<Put, void>(atOnce, async (puts) => {
    const values = puts.flatMap(({ value, lifeMs }) => [value, lifeMs]);
    await gathered(() => voxPut.call(redis, puts.length, ...puts.map(({ key }) => key), ...values));
    return puts.map(() => undefined);
  });
  return {
    redis,
    answered,
    gathered,
    put,
    ask: () => askWhetherThere(redis),
    healthy: () =>
      inTime(redis.ping(), withinMs).then(
        () => true,
        () => false,
      ),
    close: async () => redis.disconnect(),
  };
}

/** Who one is, by an address of Redis. */
function whoOf(url: string): Readonly<{ username: string; password: string }> {
  const { username, password } = new URL(url);
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
}
