import { ModelEnding } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import { modelEndingFact } from './facts.ts';

const onceInMs = 86_400_000;
/** Tenants and models that are remembered. Beyond it a warning can come more than once a day. */
const rememberedMax = 1_000;

export type WarnOfModelEnd = (tenantId: string, model: string, endsAtMs: number) => Promise<void>;
export type WarnDependencies = Readonly<{ bus: Pick<Bus, 'publish'>; log: Log; clock: Clock }>;

/**
 * Warns that a model will be shut down with which a tenant calls, so that nobody finds out on that day: by a line in
 * the log once a day, and by a fact that is the same however often it is published.
 */
export function modelEndWarnings({ bus, log, clock }: WarnDependencies): WarnOfModelEnd {
  const warnedAtMs = new Map<string, number>();
  return async (tenantId, model, endsAtMs) => {
    const now = clock.now();
    const which = `${tenantId} ${model}`;
    if (now.getTime() - (warnedAtMs.get(which) ?? Number.NEGATIVE_INFINITY) < onceInMs) return;
    await bus.publish(ModelEnding, modelEndingFact(tenantId, model, endsAtMs, now));
    if (warnedAtMs.size >= rememberedMax) warnedAtMs.clear();
    warnedAtMs.set(which, now.getTime());
    const endsAt = new Date(endsAtMs).toISOString();
    log.warn({ tenantId, model, endsAt }, 'the provider shuts this model down; from then on calls with it are refused');
  };
}
