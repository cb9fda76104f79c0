import type { Clock } from '@vox/platform/time';
import { LRUCache } from 'lru-cache';
import { type DimensionCount, type Log, look, most, recent, secondsOf, windowMs } from '../decide/window.ts';
import { type ForgettingLimits, keyOf } from './limits.ts';

/** Past this many the longest unseen are forgotten: memory is bounded, whoever asks. */
const logsMax = 100_000;

/** Whoever waits for the longest has waited for all. */
function longestWait<T extends Readonly<{ retryMs?: number }>>(looks: readonly T[]): T | undefined {
  const waits = looks.filter(({ retryMs }) => retryMs !== undefined);
  return waits.toSorted((one, other) => (other.retryMs ?? 0) - (one.retryMs ?? 0))[0];
}

/** Limits in this process alone. */
export function memoryLimits(clock: Pick<Clock, 'now'>, spanMs = windowMs): ForgettingLimits {
  const logs = new LRUCache<string, Log>({ max: logsMax });
  return {
    async take(dimensions) {
      const nowMs = clock.now().getTime();
      const looks = dimensions.map((dimension) => {
        const log = logs.get(keyOf(dimension)) ?? [];
        return { dimension, log, ...look(log, dimension.limit, nowMs, spanMs) };
      });
      const takenOf = ({ dimension, remaining, resetMs }: (typeof looks)[number]): DimensionCount => ({
        scope: dimension.scope,
        limit: most(dimension.limit),
        remaining,
        resetSeconds: secondsOf(resetMs),
      });
      const refused = longestWait(looks);
      if (refused?.retryMs !== undefined)
        return {
          kind: 'refused',
          by: takenOf(refused),
          dimension: refused.dimension,
          retryMs: refused.retryMs,
        };
      for (const { dimension, log } of looks) logs.set(keyOf(dimension), [...recent(log, nowMs, spanMs), nowMs]);
      return { kind: 'taken', taken: looks.map(takenOf) };
    },
    forget: async (scope, keys) => keys.filter((key) => logs.delete(`${scope}:${key}`)).length,
  };
}
