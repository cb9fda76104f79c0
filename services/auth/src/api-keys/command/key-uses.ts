import type { Clock } from '@vox/platform/time';
import { withUses } from '../decide/change.ts';
import type { ApiKeyRings } from '../keep/api-key-rings.ts';

/** When keys were used last, to the minute. What is noted is written beside the requests and not on their way. */
export type KeyUses = Readonly<{
  note: (tenantId: string, keyId: string, nowMs: number) => void;
  /** Writes what was noted, at most once a minute, with one write for each tenant. */
  flush: (options?: Readonly<{ isLast?: boolean }>) => Promise<void>;
}>;

const minuteMs = 60_000;

export function keyUses({
  apiKeyRings,
  clock,
}: Readonly<{ apiKeyRings: Pick<ApiKeyRings, 'update'>; clock: Clock }>): KeyUses {
  let noted = new Map<string, Map<string, number>>();
  let flushedAtMs = clock.now().getTime();
  return {
    note(tenantId, keyId, nowMs) {
      const ofTenant = noted.get(tenantId) ?? new Map<string, number>();
      noted.set(tenantId, ofTenant.set(keyId, nowMs - (nowMs % minuteMs)));
    },
    async flush({ isLast = false } = {}) {
      const nowMs = clock.now().getTime();
      if (noted.size === 0 || (!isLast && nowMs - flushedAtMs < minuteMs)) return;
      const written = noted;
      noted = new Map();
      flushedAtMs = nowMs;
      for (const [tenantId, usedAtMs] of written)
        await apiKeyRings.update(tenantId, (ring) => {
          const state = ring && withUses(ring, usedAtMs);
          return state === undefined ? { result: undefined } : { result: undefined, state };
        });
    },
  };
}
