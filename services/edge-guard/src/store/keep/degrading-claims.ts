import type { OrAlone } from './breaker.ts';
import type { Claims } from './claims.ts';

/**
 * Claims that this process keeps alone while the store does not answer: a nonce then counts as spent once in each copy.
 */
export const degradingClaims = (store: Claims, own: Claims, orAlone: OrAlone): Claims => ({
  claim: (key, value, lifeMs) =>
    orAlone(
      () => store.claim(key, value, lifeMs),
      () => own.claim(key, value, lifeMs),
    ),
  put: (key, value, lifeMs) =>
    orAlone(
      () => store.put(key, value, lifeMs),
      () => own.put(key, value, lifeMs),
    ),
  release: (key) =>
    orAlone(
      () => store.release(key),
      () => own.release(key),
    ),
});
