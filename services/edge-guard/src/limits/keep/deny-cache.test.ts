import { stoppedClock } from '@vox/platform/time';
import { describe, expect, it, vi } from 'vitest';
import { denyCache } from './deny-cache.ts';
import { memoryLimits } from './memory-limits.ts';

const ip = (perMinute: number) => ({ scope: 'ip' as const, key: 'a', limit: { perMinute, burst: 0 } });

describe('the deny cache', () => {
  it('answers a repeat offender without the store until the time said is over, and no longer', async () => {
    const clock = stoppedClock('2026-05-05T12:00:00.000Z');
    const store = memoryLimits(clock);
    const take = vi.fn(store.take);
    const limits = denyCache({ take }, clock);
    await limits.take([ip(1)]);
    await limits.take([ip(1)]);
    expect(take).toHaveBeenCalledTimes(2);
    clock.advanceMs(59_000);
    expect(await limits.take([ip(1)])).toMatchObject({ kind: 'refused', retryMs: 1_000 });
    expect(take).toHaveBeenCalledTimes(2);
    clock.advanceMs(1_000);
    expect((await limits.take([ip(1)])).kind).toBe('taken');
  });
  it('asks the store again when the limit was raised', async () => {
    const clock = stoppedClock('2026-05-05T12:00:00.000Z');
    const limits = denyCache(memoryLimits(clock), clock);
    await limits.take([ip(1)]);
    expect((await limits.take([ip(1)])).kind).toBe('refused');
    expect((await limits.take([ip(2)])).kind).toBe('taken');
  });
});
