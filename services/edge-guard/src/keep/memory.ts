import type { Clock } from '@vox/shared/time';
import { LRUCache } from 'lru-cache';
import { type Dimension, type Log, look, most, recent, type Taken } from '../decide/window.ts';
import type { Limits } from './limits.ts';

/** More addresses than this at once, and the longest unseen are forgotten: memory is bounded, whoever asks. */
const remembered = 100_000;

const seconds = (ms: number): number => Math.max(0, Math.ceil(ms / 1_000));

/** Limits in this process alone. */
export function memoryLimits(clock: Pick<Clock, 'now'>): Limits {
  const logs = new LRUCache<string, Log>({ max: remembered });
  const keyOf = ({ scope, key }: Dimension): string => `${scope}:${key}`;
  return {
    async take(dimensions) {
      const nowMs = clock.now().getTime();
      const looks = dimensions.map((dimension) => {
        const log = logs.get(keyOf(dimension)) ?? [];
        return { dimension, log, ...look(log, dimension.limit, nowMs) };
      });
      const takenOf = ({ dimension, remaining, resetMs }: (typeof looks)[number]): Taken => ({
        scope: dimension.scope,
        limit: most(dimension.limit),
        remaining,
        resetSeconds: seconds(resetMs),
      });
      const refused = looks.find(({ retryMs }) => retryMs !== undefined);
      if (refused?.retryMs !== undefined) return { kind: 'refused', by: takenOf(refused), retryMs: refused.retryMs };
      for (const { dimension, log } of looks) logs.set(keyOf(dimension), [...recent(log, nowMs), nowMs]);
      return { kind: 'taken', taken: looks.map(takenOf) };
    },
  };
}
