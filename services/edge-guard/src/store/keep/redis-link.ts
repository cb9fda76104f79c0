import { orUnavailable } from '@vox/platform/fault';
import { batcher } from '@vox/platform/time';
import type { Cluster, Redis } from 'ioredis';
import { inTime } from './in-time.ts';
import { type OpenRedis, openRedis } from './open-redis.ts';
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
  /** Hears at each new link what a server throws away when it is full; nothing where that may not be known. */
  onPolicy?: (policy: string | undefined) => void;
  /** Hears at each new link of which version the server is; nothing where that may not be known. */
  onVersion?: (version: string | undefined) => void;
}>;

export type Put = Readonly<{ key: string; value: string; lifeMs: number }>;

export type RedisLink = Readonly<{
  redis: Redis | Cluster;
  /** Whether keys are spread over servers: one command may then name keys of one slot alone. */
  isCluster: boolean;
  /** An answer within its time, or Fault UNAVAILABLE. */
  answered: <T>(ask: () => Promise<T>) => Promise<T>;
  /** The same, in one write to each socket with what else is gathered at this moment. */
  gathered: <T>(ask: () => Promise<T>) => Promise<T>;
  /** Sets a value for its milliseconds, together with what others put meanwhile. */
  put: (put: Put) => Promise<void>;
  /** Rejects when a server does not answer, or is full and refuses to write. */
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
type Gathered = RedisLink['gathered'];

/** Values that are put at one moment, in one command. */
function putTogether(redis: Redis | Cluster, gathered: Gathered): RedisLink['put'] {
  redis.defineCommand('voxPut', { lua: putScript });
  const { voxPut } = redis as unknown as { voxPut: PutCommand };
  return batcher<Put, void>(atOnce, async (puts) => {
    const values = puts.flatMap(({ value, lifeMs }) => [value, lifeMs]);
    await gathered(() => voxPut.call(redis, puts.length, ...puts.map(({ key }) => key), ...values));
    return puts.map(() => undefined);
  });
}

/** Each value in a command of its own, as their keys stand on several servers. */
const putAlone =
  (redis: Redis | Cluster, gathered: Gathered): RedisLink['put'] =>
  async ({ key, value, lifeMs }) =>
    void (await gathered(() => redis.set(key, value, 'PX', lifeMs)));

/** A link to Redis. It never waits for a server: while there is no connection, every call fails at once. */
export function redisLink(
  url: string,
  { withinMs = answerWithinMs, freshUrl = () => url, ca, ...hearers }: RedisLinkOptions = {},
): RedisLink {
  const { onError = () => undefined, onPolicy = () => undefined, onVersion = () => undefined } = hearers;
  const open = openRedis(url, { ca, freshUrl, onError });
  const { redis, isCluster, primaries } = open;
  redis.on('ready', () => {
    for (const primary of primaries()) {
      void memoryOf(primary).then(({ policy }) => onPolicy(policy), onError);
      void versionOf(primary).then(onVersion, onError);
    }
  });
  const answered = <T>(ask: () => Promise<T>): Promise<T> => orUnavailable(() => inTime(ask(), withinMs));
  const gathered = <T>(ask: () => Promise<T>): Promise<T> => {
    const sockets = primaries().map(({ stream }) => stream as Redis['stream'] | undefined);
    for (const socket of sockets) socket?.cork();
    process.nextTick(() => {
      for (const socket of sockets) socket?.uncork();
    });
    return answered(ask);
  };
  return {
    redis,
    isCluster,
    answered,
    gathered,
    put: (isCluster ? putAlone : putTogether)(redis, gathered),
    ask: () => askWhetherThere(open),
    healthy: () => inTime(pong(open), withinMs).catch(() => false),
    close: async () => redis.disconnect(),
  };
}

/** Whether every server answers that takes writes. */
async function pong({ primaries }: OpenRedis): Promise<boolean> {
  const all = primaries();
  await Promise.all(all.map((primary) => primary.ping()));
  return all.length > 0;
}
