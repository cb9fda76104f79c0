import { limitChecks } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import { LRUCache } from 'lru-cache';
import { type Dimension, most } from '../decide/window.ts';
import { keyOf, type LimitRefusal, type Limits } from './limits.ts';

const denialsMax = 100_000;
const passed = { outcome: 'passed', scope: '', by: 'store' };
const refusedBy = (by: 'store' | 'deny-cache', { dimension }: LimitRefusal) => ({
  outcome: 'refused',
  scope: dimension.scope,
  by,
});

export type DenyCache = Limits & Readonly<{ known: (dimension: Dimension) => LimitRefusal | undefined }>;

/**
 * Remembers who was refused until the moment at which one more would pass, so that repeat offenders cost the store
 * nothing. A refused request consumes nothing, so what is remembered stays true. Bounded: the longest unseen are
 * forgotten and asked for again.
 */
export function denyCache(limits: Limits, clock: Pick<Clock, 'now'>): DenyCache {
  limitChecks.add(0, passed);
  const denied = new LRUCache<string, LimitRefusal & { untilMs: number }>({ max: denialsMax });
  // A limit that was raised is another key: the one who was refused under the old one is asked for anew.
  const nameOf = (dimension: Dimension): string => `${most(dimension.limit)}:${keyOf(dimension)}`;
  const remembered = (dimension: Dimension): LimitRefusal | undefined => {
    const refused = denied.get(nameOf(dimension));
    const leftMs = refused === undefined ? 0 : refused.untilMs - clock.now().getTime();
    if (refused === undefined || leftMs <= 0) return undefined;
    return { ...refused, retryMs: leftMs };
  };
  return {
    known(dimension) {
      const refused = remembered(dimension);
      if (refused !== undefined) limitChecks.add(1, refusedBy('deny-cache', refused));
      return refused;
    },
    async take(dimensions) {
      let longest: LimitRefusal | undefined;
      for (const dimension of dimensions) {
        const refused = remembered(dimension);
        if (refused !== undefined && refused.retryMs > (longest?.retryMs ?? 0)) longest = refused;
      }
      if (longest !== undefined) {
        limitChecks.add(1, refusedBy('deny-cache', longest));
        return longest;
      }
      const answer = await limits.take(dimensions);
      limitChecks.add(1, answer.kind === 'taken' ? passed : refusedBy('store', answer));
      if (answer.kind === 'refused')
        denied.set(nameOf(answer.dimension), { ...answer, untilMs: clock.now().getTime() + answer.retryMs });
      return answer;
    },
  };
}
