import type { RedisLink } from '../../store/mod.ts';
import type { RedactionStates } from './redaction-states.ts';

const nameOf = (key: string): string => `vox:${key}`;

/** Redaction states in Redis. */
export const redisStates = ({ redis, answered, put }: RedisLink): RedactionStates => ({
  take: async (key) => (await answered(() => redis.getdel(nameOf(key)))) ?? undefined,
  put: (key, value, lifeMs) => put({ key: nameOf(key), value, lifeMs }),
});
