import type { OrAlone } from '../../store/mod.ts';
import type { Dimension } from '../decide/window.ts';
import type { Limits } from './limits.ts';

/** This copy's share of a limit. A limit that allows anything allows each copy at least one. */
const shareOf = (dimension: Dimension, copies: number): Dimension => {
  const share = (most: number): number => Math.floor(most / copies);
  const { perMinute, burst } = dimension.limit;
  const least = perMinute > 0 ? 1 : 0;
  return { ...dimension, limit: { perMinute: Math.max(least, share(perMinute)), burst: share(burst) } };
};

/** Limits that this copy counts by its share while the store does not answer: bounded, never unlimited. */
export const degradingLimits = (store: Limits, own: Limits, copies: number, orAlone: OrAlone): Limits => ({
  take: (dimensions) =>
    orAlone(
      () => store.take(dimensions),
      () => own.take(dimensions.map((dimension) => shareOf(dimension, copies))),
    ),
});
