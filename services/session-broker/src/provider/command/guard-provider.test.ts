import { silentLog } from '@vox/platform/telemetry';
import { stoppedClock } from '@vox/platform/time';
import { describe, expect, it } from 'vitest';
import { fakeProvider } from '../provider.fixture.ts';
import { ProviderFailure } from '../publish/provider.ts';
import { guardProvider } from './guard-provider.ts';

describe('the breaker of a provider', () => {
  it('opens for that provider alone, and lets its calls still be ended', async () => {
    const clock = stoppedClock('2026-05-05T12:00:00.000Z');
    let asked = 0;
    const fails = (step: string): void => {
      if (step !== 'make') return;
      asked += 1;
      throw new ProviderFailure('down');
    };
    const down = fakeProvider(clock, fails);
    const [broken, well] = [down, fakeProvider(clock)].map(({ provider }) => guardProvider(provider, clock, silentLog));
    const wanted = { agent: { instructions: '', tools: [] } } as never;
    for (let n = 0; n < 8; n += 1) await expect(broken?.makeCall(wanted)).rejects.toThrow(ProviderFailure);
    expect(asked).toBe(5);
    expect(await well?.makeCall(wanted)).toMatchObject({ callId: expect.any(String) });
    expect(await broken?.hangUp('rtc_1')).toBe('unknown');
  });
});
