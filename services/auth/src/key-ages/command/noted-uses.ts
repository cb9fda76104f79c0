import type { Clock } from '@vox/platform/time';

/** When keys of tenants were used last, to the minute. What is noted is written beside the requests, not on their way. */
export type NotedUses = Readonly<{
  note: (tenantId: string, keyId: string, nowMs: number) => void;
  /** Writes what was noted, at most once a minute, with one write for each tenant. */
  flush: (options?: Readonly<{ isLast?: boolean }>) => Promise<void>;
}>;

export type NotedUsesDependencies = Readonly<{
  /** Writes the uses of a tenant's keys. */
  write: (tenantId: string, usedAtMs: ReadonlyMap<string, number>) => Promise<void>;
  clock: Clock;
}>;

const minuteMs = 60_000;

export function notedUses({ write, clock }: NotedUsesDependencies): NotedUses {
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
      for (const [tenantId, usedAtMs] of written) await write(tenantId, usedAtMs);
    },
  };
}
