export type { OrAlone } from './keep/breaker.ts';
export type { Claims } from './keep/claims.ts';
export type { Held } from './keep/held.ts';
export { atOnce, type RedisLink } from './keep/redis-link.ts';
