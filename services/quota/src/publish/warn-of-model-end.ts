import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';

/** Operators are warned for so long before a model ends that a tenant still calls with. */
const warnBeforeMs = 90 * 86_400_000;
const onceInMs = 86_400_000;
/** Tenants and models that are remembered. Beyond it a warning can come more than once a day. */
const rememberedMax = 1_000;

export type WarnOfModelEnd = (tenantId: string, model: string, endsAtMs: number | undefined) => void;

/**
 * Warns once a day for each tenant that a model it calls with will be shut down, so that nobody finds out on that day.
 */
export function modelEndWarnings(log: Log, clock: Clock): WarnOfModelEnd {
  const warnedAtMs = new Map<string, number>();
  return (tenantId, model, endsAtMs) => {
    const nowMs = clock.now().getTime();
    if (endsAtMs === undefined || nowMs < endsAtMs - warnBeforeMs) return;
    const which = `${tenantId} ${model}`;
    if (nowMs - (warnedAtMs.get(which) ?? Number.NEGATIVE_INFINITY) < onceInMs) return;
    if (warnedAtMs.size >= rememberedMax) warnedAtMs.clear();
    warnedAtMs.set(which, nowMs);
    const endsAt = new Date(endsAtMs).toISOString();
    log.warn({ tenantId, model, endsAt }, 'the provider shuts this model down; from then on calls with it are refused');
  };
}
