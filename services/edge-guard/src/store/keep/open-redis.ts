import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { type RedisPlace, redisPlaceOf } from './redis-place.ts';

export type OpenRedisOptions = Readonly<{
  /** Certificates (PEM) of the authority that signed the servers'; with it nothing is sent without TLS. */
  ca?: string | undefined;
  /** Asked before each new connection: user and password may have been rotated since the last one. */
  freshUrl: () => string;
  /** Hears what a connection dies of, though nobody asks for anything. */
  onError: (error: unknown) => void;
}>;

/** Redis, however many servers it is. */
export type OpenRedis = Readonly<{
  redis: Redis | Cluster;
  /** Whether keys are spread over servers: one command may then name keys of one slot alone. */
  isCluster: boolean;
  /** The servers that take writes, as far as they are known. */
  primaries: () => readonly Redis[];
}>;

const retryMs = (tries: number): number => Math.min(tries * 50, 1_000);

/** Of each connection to a server. */
const eachConnection = {
  // Its user has no right to CLIENT, a part of which differs from version to version.
  disableClientInfo: true,
  connectTimeout: 1_000,
  // A link whose other end is gone without a word takes writes for a quarter of an hour: silence this long ends it.
  socketTimeout: 1_000,
  maxRetriesPerRequest: 0,
} as const;
/** Nobody waits for a connection: while there is none, every command fails at once. */
const ofOneServer = { ...eachConnection, enableOfflineQueue: false } as const;

/** Opens Redis at an address: one server, what Sentinels call the primary, or a cluster. */
export function openRedis(address: string, { ca, freshUrl, onError }: OpenRedisOptions): OpenRedis {
  const place = redisPlaceOf(address);
  const tls = ca !== undefined ? { tls: { ca } } : place.isTls ? { tls: {} } : {};
  const letsIn = () => redisPlaceOf(freshUrl()).letsIn;
  if (place.kind === 'cluster') return opened(clusterAt(place, tls, { letsIn, onError }), onError);
  const redis =
    place.kind === 'server' ? new Redis(address, { ...ofOneServer, ...again(), ...tls }) : behind(place, tls, again());
  function again(): Again {
    return {
      retryStrategy(tries) {
        Object.assign(redis.options, letsIn());
        return retryMs(tries);
      },
    };
  }
  return opened(redis, onError);
}

function opened(redis: Redis | Cluster, onError: (error: unknown) => void): OpenRedis {
  // Without a listener a lost link would end the process; each call says for itself that the store is down.
  redis.on('error', onError);
  const isCluster = redis instanceof Cluster;
  return { redis, isCluster, primaries: () => (isCluster ? redis.nodes('master') : [redis]) };
}

type Tls = Readonly<{ tls?: { ca?: string } }>;
type At<Kind> = Extract<RedisPlace, { kind: Kind }>;

/** The primary that Sentinels name, and after a failover the one that they name then. */
type Again = Pick<RedisOptions, 'retryStrategy'>;

function behind({ hosts, primary, letsIn, sentinel }: At<'sentinel'>, { tls }: Tls, again: Again): Redis {
  return new Redis({
    ...ofOneServer,
    ...again,
    ...letsIn,
    sentinels: [...hosts],
    name: primary,
    ...(sentinel.username !== undefined && { sentinelUsername: sentinel.username }),
    ...(sentinel.password !== undefined && { sentinelPassword: sentinel.password }),
    ...(tls !== undefined && { tls, sentinelTLS: tls, enableTLSForSentinelMode: true }),
    sentinelRetryStrategy: retryMs,
    sentinelCommandTimeout: 1_000,
    // The address names them: whoever answers there may not name others.
    updateSentinels: false,
    // It was the primary and is none any more: the Sentinels are asked anew.
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
  });
}

type Asked = Readonly<{ letsIn: () => RedisPlace['letsIn']; onError: (error: unknown) => void }>;

function clusterAt({ hosts }: At<'cluster'>, tls: Tls, { letsIn, onError }: Asked): Cluster {
  const redisOptions = { ...eachConnection, ...letsIn(), ...tls };
  const cluster = new Cluster([...hosts], {
    enableOfflineQueue: false,
    clusterRetryStrategy(tries) {
      Object.assign(redisOptions, letsIn());
      return retryMs(tries);
    },
    // A certificate is for a name, so that a name is not exchanged for its address.
    dnsLookup: (name, found) => found(null, name),
    // A command that meets a closed connection or a slot that has moved goes on within the time of its caller.
    maxRedirections: 5,
    retryDelayOnFailover: 10,
    retryDelayOnTryAgain: 10,
    retryDelayOnClusterDown: 0,
    slotsRefreshTimeout: 1_000,
    slotsRefreshInterval: 2_000,
    redisOptions,
  });
  cluster.on('node error', onError);
  const connectAll = (): void => {
    for (const node of cluster.nodes('master')) if (node.status === 'wait') void node.connect().catch(() => undefined);
  };
  // The driver connects to a server when the first command goes there, and refuses the next until it is connected.
  cluster.on('ready', connectAll);
  cluster.on('+node', () => {
    if (cluster.status === 'ready') connectAll();
  });
  return cluster;
}
