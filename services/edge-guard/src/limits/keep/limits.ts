import type { Dimension, DimensionCount } from '../decide/window.ts';

export type LimitRefusal = Readonly<{ kind: 'refused'; by: DimensionCount; dimension: Dimension; retryMs: number }>;
export type LimitAnswer = Readonly<{ kind: 'taken'; taken: readonly DimensionCount[] }> | LimitRefusal;

/**
 * Counts requests over several dimensions in one step: either each of them has room and all count it, or none does. A
 * refused request consumes nothing, and is told the longest wait: whoever waits that long alone is not refused again.
 * Throws Fault UNAVAILABLE within 50 ms when the store does not answer.
 */
export type Limits = Readonly<{ take: (dimensions: readonly Dimension[]) => Promise<LimitAnswer> }>;

export const keyOf = ({ scope, key }: Dimension): string => `${scope}:${key}`;

/** Counts, and can be made to forget whom it counted. */
export type ForgettingLimits = Limits &
  Readonly<{
    /**
     * Forgets what was counted under keys of one scope, and answers how many there were. Throws Fault UNAVAILABLE when
     * the store does not answer.
     */
    forget: (scope: Dimension['scope'], keys: readonly string[]) => Promise<number>;
  }>;
