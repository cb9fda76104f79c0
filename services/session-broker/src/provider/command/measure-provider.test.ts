import { bindInstruments } from '@vox/platform/telemetry';
import { describe, expect, it } from 'vitest';
import { type Provider, ProviderFailure } from '../publish/provider.ts';
import { measureProvider } from './measure-provider.ts';

type Observed = (result: { observe: (value: number) => void }) => Promise<void>;
const gauges = new Map<string, Observed>();
const recorded: [string, unknown][] = [];
bindInstruments({
  createCounter: () => ({ add: () => undefined }),
  createHistogram: (name: string) => ({ record: (_value: number, labels: unknown) => recorded.push([name, labels]) }),
  createObservableGauge: (name: string) => ({ addCallback: (read: Observed) => void gauges.set(name, read) }),
} as unknown as Parameters<typeof bindInstruments>[0]);

const never = (): Promise<never> => Promise.reject(new Error('not asked'));
const provider = (over: Partial<Provider>): Provider =>
  measureProvider({
    profile: { id: 'openai' } as Provider['profile'],
    isNear: true,
    clientSecret: never,
    makeCall: never,
    openSideband: never,
    hangUp: never,
    ...over,
  });
const outcomes = (): unknown[] =>
  recorded.splice(0).flatMap(([name, labels]) => (name === 'vox.provider.request.duration.seconds' ? [labels] : []));

async function sidebands(): Promise<number | undefined> {
  let shown: number | undefined;
  await gauges.get('vox.provider.sidebands')?.({
    observe(value) {
      shown = value;
    },
  });
  return shown;
}

describe('a measured provider', () => {
  it('counts each answer by what was asked, and tells a refusal from a failure', async () => {
    const failing = (status?: number) => async (): Promise<never> => {
      throw new ProviderFailure('no', { status });
    };
    await provider({ hangUp: async () => 'hung-up' }).hangUp('rtc_1');
    await expect(provider({ hangUp: failing(404) }).hangUp('rtc_1')).rejects.toThrow(ProviderFailure);
    await expect(provider({ makeCall: failing(400) }).makeCall({} as never)).rejects.toThrow(ProviderFailure);
    await expect(provider({ clientSecret: failing(500) }).clientSecret({} as never)).rejects.toThrow(ProviderFailure);
    const openai = { provider: 'openai' };
    expect(outcomes()).toEqual([
      { ...openai, operation: 'hang-up', outcome: 'ok' },
      { ...openai, operation: 'hang-up', outcome: 'refused' },
      { ...openai, operation: 'make-call', outcome: 'refused' },
      { ...openai, operation: 'client-secret', outcome: 'failed' },
    ]);
  });
  it('shows how many sidebands are open: none that did not open, and none that has closed', async () => {
    let closed = (): void => undefined;
    const measured = provider({
      async openSideband(callId, { onClosed }) {
        if (callId === 'unknown') throw new ProviderFailure('no', { status: 404 });
        closed = onClosed;
        return { send: () => undefined, close: () => undefined };
      },
    });
    const heard: string[] = [];
    const listener = { onEvent: () => undefined, onClosed: () => void heard.push('closed') };
    await measured.openSideband('rtc_1', listener, 1_000);
    expect(await sidebands()).toBe(1);
    await expect(measured.openSideband('unknown', listener, 1_000)).rejects.toThrow(ProviderFailure);
    expect(await sidebands()).toBe(1);
    closed();
    expect([await sidebands(), heard]).toEqual([0, ['closed']]);
  });
});
