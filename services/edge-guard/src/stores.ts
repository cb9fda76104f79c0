import type { Clock } from '@vox/platform/time';
import { LRUCache } from 'lru-cache';
import type { Dimension } from './limits/decide/window.ts';
import type { Limits } from './limits/keep/limits.ts';
import type { Marks } from './store/keep/claims.ts';
import type { Carries } from './transcripts/keep/redaction-states.ts';

/** Told each time that a store did not answer and this process did its work alone. */
export type OnDegraded = (error: unknown) => void;

/** This copy's share of a limit. A limit that allows anything allows each copy at least one. */
const shareOf = (dimension: Dimension, copies: number): Dimension => {
  const share = (most: number): number => Math.floor(most / copies);
  const { perMinute, burst } = dimension.limit;
  const least = perMinute > 0 ? 1 : 0;
  return { ...dimension, limit: { perMinute: Math.max(least, share(perMinute)), burst: share(burst) } };
};

type Alone = Readonly<{ limits: Limits; marks: Marks }>;
type Kept = Alone & Readonly<{ carries: Carries }>;

/** After so many failures in a row the store is left alone, and asked by one request after each pause whether it is back. */
const failuresToLeave = 3;
const pauseMs = 500;

/** Carries whose place in the store may hold an older one, for the newer could not be put there. */
const outdatedMax = 100_000;

/**
 * Limits and marks that are kept in this process while the store does not answer. Limits are counted by this copy's share: bounded, never
 * unlimited. A mark then counts as spent once per copy. Carries are not kept
 * here: another copy would not know of them, so they count as lost, and so does an older one that the store still holds. Nobody waits for a store that is known to be down, however often a request asks it.
 */
export function degrading(store: Kept, own: Alone, copies: number, clock: Clock, onDegraded: OnDegraded): Kept {
  let failures = 0;
  let askAgainAtMs = 0;
  const outdated = new LRUCache<string, true>({ max: outdatedMax });

  async function or<T>(ask: () => Promise<T>, alone: () => Promise<T>): Promise<T> {
    const nowMs = clock.now().getTime();
    if (failures >= failuresToLeave) {
      if (nowMs < askAgainAtMs) {
        onDegraded(undefined);
        return alone();
      }
      askAgainAtMs = nowMs + pauseMs;
    }
    try {
      const answer = await ask();
      failures = 0;
      return answer;
    } catch (error) {
      failures += 1;
      if (failures >= failuresToLeave) askAgainAtMs = clock.now().getTime() + pauseMs;
      onDegraded(error);
      return alone();
    }
  }

  return {
    limits: {
      take: (dimensions) =>
        or(
          () => store.limits.take(dimensions),
          () => own.limits.take(dimensions.map((dimension) => shareOf(dimension, copies))),
        ),
    },
    marks: {
      claim: (key, value, lifeMs) =>
        or(
          () => store.marks.claim(key, value, lifeMs),
          () => own.marks.claim(key, value, lifeMs),
        ),
      put: (key, value, lifeMs) =>
        or(
          () => store.marks.put(key, value, lifeMs),
          () => own.marks.put(key, value, lifeMs),
        ),
      drop: (key) =>
        or(
          () => store.marks.drop(key),
          () => own.marks.drop(key),
        ),
    },
    carries: {
      take: (key) =>
        or(
          async () => {
            const carry = await store.carries.take(key);
            return outdated.has(key) ? undefined : carry;
          },
          async () => {
            outdated.set(key, true);
            return undefined;
          },
        ),
      put: (key, value, lifeMs) =>
        or(
          async () => {
            await store.carries.put(key, value, lifeMs);
            outdated.delete(key);
          },
          async () => void outdated.set(key, true),
        ),
    },
  };
}
