import type { Clock } from '@vox/platform/time';
import { LRUCache } from 'lru-cache';
import { type Log, look, most, recent, secondsOf, type Taken, windowMs } from './limits/decide/window.ts';
import { type ForgettingLimits, keyOf } from './limits/keep/limits.ts';
import type { Marks } from './store/keep/claims.ts';
import type { Carries } from './transcripts/keep/redaction-states.ts';

/** More than this at once, and the longest unseen are forgotten: memory is bounded, whoever asks. */
const remembered = 100_000;

/** Whoever waits for the longest has waited for all. */
function longestWait<T extends Readonly<{ retryMs?: number }>>(looks: readonly T[]): T | undefined {
  const waits = looks.filter(({ retryMs }) => retryMs !== undefined);
  return waits.toSorted((one, other) => (other.retryMs ?? 0) - (one.retryMs ?? 0))[0];
}

/** Limits in this process alone. */
export function memoryLimits(clock: Pick<Clock, 'now'>, spanMs = windowMs): ForgettingLimits {
  const logs = new LRUCache<string, Log>({ max: remembered });
  return {
    async take(dimensions) {
      const nowMs = clock.now().getTime();
      const looks = dimensions.map((dimension) => {
        const log = logs.get(keyOf(dimension)) ?? [];
        return { dimension, log, ...look(log, dimension.limit, nowMs, spanMs) };
      });
      const takenOf = ({ dimension, remaining, resetMs }: (typeof looks)[number]): Taken => ({
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

/** Marks in this process alone. */
export function memoryMarks(clock: Pick<Clock, 'now'>): Marks {
  const marks = new LRUCache<string, { value: string; untilMs: number }>({ max: remembered });
  const standing = (key: string): string | undefined => {
    const mark = marks.get(key);
    return mark !== undefined && mark.untilMs > clock.now().getTime() ? mark.value : undefined;
  };
  const set = (key: string, value: string, lifeMs: number): void =>
    void marks.set(key, { value, untilMs: clock.now().getTime() + lifeMs });
  return {
    async claim(key, value, lifeMs) {
      const known = standing(key);
      if (known === undefined) set(key, value, lifeMs);
      return known;
    },
    put: async (key, value, lifeMs) => set(key, value, lifeMs),
    drop: async (key) => void marks.delete(key),
  };
}

/** Carries in this process alone. */
export function memoryCarries(clock: Pick<Clock, 'now'>): Carries {
  const carries = new LRUCache<string, { value: string; untilMs: number }>({ max: remembered });
  return {
    async take(key) {
      const carry = carries.get(key);
      carries.delete(key);
      return carry !== undefined && carry.untilMs > clock.now().getTime() ? carry.value : undefined;
    },
    put: async (key, value, lifeMs) => void carries.set(key, { value, untilMs: clock.now().getTime() + lifeMs }),
  };
}
