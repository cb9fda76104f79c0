import type { Claims } from './claims.ts';
import type { RedisLink } from './redis-link.ts';

const nameOf = (key: string): string => `vox:mark:${key}`;

/** Claims in Redis. */
export const redisClaims = ({ redis, answered, put }: RedisLink): Claims => ({
  claim: async (key, value, lifeMs) =>
    (await answered(() => redis.set(nameOf(key), value, 'PX', lifeMs, 'NX', 'GET'))) ?? undefined,
  put: (key, value, lifeMs) => put({ key: nameOf(key), value, lifeMs }),
  release: async (key) => void (await answered(() => redis.del(nameOf(key)))),
});
