import type { Policy } from '@vox/contracts';
import { bindInstruments } from '@vox/platform/telemetry';
import { stoppedClock } from '@vox/platform/time';
import { somePolicy } from '@vox/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listPrices } from '../decide/prices.ts';
import { watchModelEnds } from './watch-model-ends.ts';

type Observed = (result: { observe: (value: number) => void }) => Promise<void>;
const gauges = new Map<string, Observed>();
const meter = {
  createCounter: () => ({ add: () => undefined }),
  createHistogram: () => ({ record: () => undefined }),
  createObservableGauge: (name: string) => ({ addCallback: (read: Observed) => void gauges.set(name, read) }),
};
bindInstruments(meter as unknown as Parameters<typeof bindInstruments>[0]);

/** What a scrape would show. */
async function scraped(): Promise<number | undefined> {
  let shown: number | undefined;
  await gauges.get('vox.models.ending')?.({
    observe(value) {
      shown = value;
    },
  });
  return shown;
}

const withModels = (models: string[]): Policy => {
  const policy = somePolicy();
  return { ...policy, agents: policy.agents.map((agent) => ({ ...agent, models })) };
};

describe('the metric of models that end', () => {
  it('counts those that an agent may call with, from 60 days before their end, also when nobody calls', async () => {
    const policies = new Map([
      ['one', withModels(['gpt-realtime', 'gpt-realtime-2.1'])],
      ['two', withModels(['gpt-realtime-mini', 'gpt-realtime'])],
      ['three', withModels(['gpt-realtime-2.1-mini'])],
    ]);
    const clock = stoppedClock('2026-11-20T23:59:59.000Z');
    const stop = watchModelEnds({ policies, prices: listPrices, clock });
    onTestFinished(stop);
    expect(await scraped()).toBe(0);
    clock.advanceMs(60_000);
    expect(await scraped()).toBe(2);
    policies.set('one', withModels(['gpt-realtime-2.1']));
    policies.delete('two');
    clock.advanceMs(60_000);
    expect(await scraped()).toBe(0);
    policies.set('one', withModels(['gpt-realtime-2.1', 'gpt-realtime']));
    // Past its end an agent that still names it is still to be seen to.
    clock.advanceMs(90 * 86_400_000);
    expect(await scraped()).toBe(1);
    stop();
    expect(await scraped()).toBeUndefined();
  });
});
