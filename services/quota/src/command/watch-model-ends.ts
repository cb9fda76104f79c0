import type { Policy } from '@vox/contracts';
import type { Replica } from '@vox/platform/bus';
import { modelsEnding } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import { endingModels, type PriceList } from '../decide/price.ts';

/** Policies are many and rarely change, so they are not looked through at every scrape. */
const lookEveryMs = 60_000;

export type WatchModelEndsDependencies = Readonly<{
  policies: Pick<Replica<Policy>, 'get' | 'keys'>;
  prices: readonly PriceList[];
  clock: Clock;
}>;

/**
 * Shows how many models end soon that an agent may call with, whether or not anybody calls. Returns a function that
 * ends it.
 */
export function watchModelEnds({ policies, prices, clock }: WatchModelEndsDependencies): () => void {
  let last = { atMs: Number.NEGATIVE_INFINITY, count: 0 };
  return modelsEnding.watch({}, () => {
    const atMs = clock.now().getTime();
    if (atMs - last.atMs >= lookEveryMs) last = { atMs, count: namedOf(policies, endingModels(prices, atMs)) };
    return last.count;
  });
}

function namedOf(policies: WatchModelEndsDependencies['policies'], ending: ReadonlySet<string>): number {
  const named = new Set<string>();
  if (ending.size === 0) return 0;
  for (const tenantId of policies.keys())
    for (const { models } of policies.get(tenantId)?.agents ?? [])
      for (const model of models) if (ending.has(model)) named.add(model);
  return named.size;
}
