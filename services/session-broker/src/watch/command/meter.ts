import { type ProviderCount, UsageMetered } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Log } from '@vox/platform/telemetry';
import type { WatchedCall } from '../decide/call.ts';
import { countedFact } from '../publish.ts';
import { untilSaid } from './until-said.ts';

export type MeterDependencies = Readonly<{ bus: Pick<Bus, 'publish'>; log: Log }>;

/** When something was counted. `isLast`: no total comes behind it. */
export type CountedAt = Readonly<{ nowMs: number; connectedSeconds: number; isLast?: boolean }>;

/** Counts what the provider says that one call used. */
export type Meter = Readonly<{
  /** What publishes a count. Totals come often, and of those some are left out. */
  count: (counted: ProviderCount, at: CountedAt) => (() => void) | undefined;
  /** What publishes the newest total, if it was left out. */
  rest: () => (() => void) | undefined;
  /** Resolves when all is published. */
  done: () => Promise<unknown>;
}>;

/** A total says all of those before it: so often one is enough to end a call in time. */
const totalPauseMs = 2_000;

export function meterOf({ bus, log }: MeterDependencies, call: WatchedCall, signal: AbortSignal): Meter {
  const unsaid = new Set<Promise<void>>();
  let totalAtMs = Number.NEGATIVE_INFINITY;
  let latest: (() => void) | undefined;

  const saying =
    (counted: ProviderCount, { connectedSeconds, nowMs }: CountedAt) =>
    (): void => {
      const fact = countedFact(call, counted, connectedSeconds, new Date(nowMs));
      const said = untilSaid(() => bus.publish(UsageMetered, fact), log, signal).finally(() => unsaid.delete(said));
      unsaid.add(said);
    };
  return {
    count(counted, at) {
      const say = saying(counted, at);
      if (counted.kind !== 'seconds') return say;
      const isDue = at.isLast || at.nowMs - totalAtMs >= totalPauseMs;
      latest = isDue ? undefined : say;
      if (isDue) totalAtMs = at.nowMs;
      return isDue ? say : undefined;
    },
    rest: () => latest,
    done: () => Promise.all(unsaid),
  };
}
