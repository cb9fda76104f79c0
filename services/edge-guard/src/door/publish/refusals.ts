import { makeFact, RequestRefused } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Clock } from '@vox/platform/time';

export type Refusal = Readonly<{ tenantId: string; code: string; scope?: string | undefined; route: string }>;
export type Refusals = Readonly<{ note: (refusal: Refusal) => void; flush: () => Promise<void> }>;

type Count = { refusal: Refusal; count: number; firstAt: Date; lastAt: Date };
/**
 * A flood of different refusals must not fill the memory: past this many the rest go uncounted until the next flush.
 */
const kindsMax = 1_000;

/**
 * Publishes the first refusal of a kind at once, and those like it as one count at each flush. Never delays or fails an
 * answer.
 */
export function refusals(bus: Bus, clock: Clock, uuid: () => string, onError: (error: unknown) => void): Refusals {
  const counts = new Map<string, Count>();
  const publish = async ({ refusal, count, firstAt, lastAt }: Count): Promise<void> => {
    const data = { ...refusal, count, firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() };
    await bus
      .publish(RequestRefused, makeFact(RequestRefused, { id: uuid(), source: 'edge-guard', at: lastAt }, data))
      .catch(onError);
  };
  return {
    note(refusal) {
      const now = clock.now();
      // None of them can hold a space.
      const kind = `${refusal.tenantId} ${refusal.code} ${refusal.scope} ${refusal.route}`;
      const known = counts.get(kind);
      if (known !== undefined) {
        known.count += 1;
        known.lastAt = now;
      } else if (counts.size < kindsMax) {
        counts.set(kind, { refusal, count: 0, firstAt: now, lastAt: now });
        void publish({ refusal, count: 1, firstAt: now, lastAt: now });
      }
    },
    async flush() {
      const counted = [...counts.values()].filter(({ count }) => count > 0);
      counts.clear();
      await Promise.all(counted.map(publish));
    },
  };
}
