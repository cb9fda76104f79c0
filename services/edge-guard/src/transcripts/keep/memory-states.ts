import type { Clock } from '@vox/platform/time';
import { LRUCache } from 'lru-cache';
import type { RedactionStates } from './redaction-states.ts';

/** Past this many the longest unseen are forgotten: memory is bounded, whoever asks. */
const statesMax = 100_000;

/** Redaction states in this process alone. */
export function memoryStates(clock: Pick<Clock, 'now'>): RedactionStates {
  const states = new LRUCache<string, { value: string; untilMs: number }>({ max: statesMax });
  return {
    async take(key) {
      const state = states.get(key);
      states.delete(key);
      return state !== undefined && state.untilMs > clock.now().getTime() ? state.value : undefined;
    },
    put: async (key, value, lifeMs) => void states.set(key, { value, untilMs: clock.now().getTime() + lifeMs }),
  };
}
