import type { Clock } from '@vox/platform/time';
import { LRUCache } from 'lru-cache';
import type { Claims } from './claims.ts';

/** Past this many the longest unseen are forgotten: memory is bounded, whoever asks. */
const claimsMax = 100_000;

/** Claims in this process alone. */
export function memoryClaims(clock: Pick<Clock, 'now'>): Claims {
  const claims = new LRUCache<string, { value: string; untilMs: number }>({ max: claimsMax });
  const standing = (key: string): string | undefined => {
    const claim = claims.get(key);
    return claim !== undefined && claim.untilMs > clock.now().getTime() ? claim.value : undefined;
  };
  const set = (key: string, value: string, lifeMs: number): void =>
    void claims.set(key, { value, untilMs: clock.now().getTime() + lifeMs });
  return {
    async claim(key, value, lifeMs) {
      const known = standing(key);
      if (known === undefined) set(key, value, lifeMs);
      return known;
    },
    put: async (key, value, lifeMs) => set(key, value, lifeMs),
    release: async (key) => void claims.delete(key),
  };
}
