import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';

/** So long before its end whoever operates is told that a tenant still calls with a model. */
const warnBeforeMs = 90 * 86_400_000;
const onceInMs = 86_400_000;
/** Tenants and models that are remembered; past it one is told of more than once a day. */
const rememberedMax = 1_000;

export type WarnOfEnd = (tenantId: string, model: string, endsAtMs: number | undefined) => void;

/** Says once a day for each tenant that a model it calls with will be shut down, so that nobody finds out on that day. */
export function endWarnings(log: Log, clock: Clock): WarnOfEnd {
  const saidAtMs = new Map<string, number>();
  return (tenantId, model, endsAtMs) => {
    const nowMs = clock.now().getTime();
    if (endsAtMs === undefined || nowMs < endsAtMs - warnBeforeMs) return;
    const which = `${tenantId} ${model}`;
    if (nowMs - (saidAtMs.get(which) ?? Number.NEGATIVE_INFINITY) < onceInMs) return;
    if (saidAtMs.size >= rememberedMax) saidAtMs.clear();
    saidAtMs.set(which, nowMs);
    const endsAt = new Date(endsAtMs).toISOString();
    log.warn({ tenantId, model, endsAt }, 'the provider shuts this model down; from then on calls with it are refused');
  };
}
