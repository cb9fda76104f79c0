import type { Dimension } from '../decide/window.ts';
import type { Limits } from './limits.ts';
import type { Marks } from './marks.ts';

/** Told each time that a store did not answer and this process did its work alone. */
export type OnDegraded = (error: unknown) => void;

/** This copy's share of a limit. A limit that allows anything allows each copy at least one. */
const shareOf = (dimension: Dimension, copies: number): Dimension => {
  const share = (most: number): number => Math.floor(most / copies);
  const { perMinute, burst } = dimension.limit;
  const least = perMinute > 0 ? 1 : 0;
  return { ...dimension, limit: { perMinute: Math.max(least, share(perMinute)), burst: share(burst) } };
};

/** Limits that are counted in this process, each by its share, while the store does not answer: bounded, never unlimited. */
export const degradingLimits = (store: Limits, own: Limits, copies: number, onDegraded: OnDegraded): Limits => ({
  take: (dimensions) =>
    store.take(dimensions).catch((error: unknown) => {
      onDegraded(error);
      return own.take(dimensions.map((dimension) => shareOf(dimension, copies)));
    }),
});

/** Marks that are kept in this process while the store does not answer: something then counts as spent once per copy. */
export function degradingMarks(store: Marks, own: Marks, onDegraded: OnDegraded): Marks {
  const or = <T>(first: Promise<T>, second: () => Promise<T>): Promise<T> =>
    first.catch((error: unknown) => {
      onDegraded(error);
      return second();
    });
  return {
    claim: (key, value, lifeMs) => or(store.claim(key, value, lifeMs), () => own.claim(key, value, lifeMs)),
    put: (key, value, lifeMs) => or(store.put(key, value, lifeMs), () => own.put(key, value, lifeMs)),
    drop: (key) => or(store.drop(key), () => own.drop(key)),
  };
}
