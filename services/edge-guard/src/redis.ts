import { clusterLimits } from './limits/keep/cluster-limits.ts';
import { redisLimits } from './limits/keep/redis-limits.ts';
import { redisClaims } from './store/keep/redis-claims.ts';
import { type RedisLink, type RedisLinkOptions, redisLink } from './store/keep/redis-link.ts';
import type { Stores } from './stores.ts';
import { redisStates } from './transcripts/keep/redis-states.ts';

export type RedisStore = Stores & Pick<RedisLink, 'ask' | 'healthy' | 'close'>;
/** `spanMs` is the window of a limit. */
export type RedisOptions = RedisLinkOptions & Readonly<{ spanMs?: number }>;

/** The stores in Redis, over one link: to one server, to the primary that Sentinels name, or to a cluster. */
export function redisStore(url: string, { spanMs, ...options }: RedisOptions = {}): RedisStore {
  const link = redisLink(url, options);
  const { ask, healthy, close } = link;
  return {
    limits: (link.isCluster ? clusterLimits : redisLimits)(link, spanMs),
    claims: redisClaims(link),
    redactionStates: redisStates(link),
    ask,
    healthy,
    close,
  };
}
