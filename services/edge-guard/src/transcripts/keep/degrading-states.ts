import { LRUCache } from 'lru-cache';
import type { OrAlone } from '../../store/mod.ts';
import type { RedactionStates } from './redaction-states.ts';

/** States whose place in the store may hold an older one, for the newer could not be put there. */
const outdatedMax = 100_000;

/**
 * Redaction states are not kept in this process while the store does not answer: another copy would not know of them.
 * So they count as lost, and so does an older one that the store still holds.
 */
export function degradingStates(store: RedactionStates, orAlone: OrAlone): RedactionStates {
  const outdated = new LRUCache<string, true>({ max: outdatedMax });
  return {
    take: (key) =>
      orAlone(
        async () => {
          const state = await store.take(key);
          return outdated.has(key) ? undefined : state;
        },
        async () => {
          outdated.set(key, true);
          return undefined;
        },
      ),
    put: (key, value, lifeMs) =>
      orAlone(
        async () => {
          await store.put(key, value, lifeMs);
          outdated.delete(key);
        },
        async () => void outdated.set(key, true),
      ),
  };
}
