import { silentLog } from '@vox/shared/telemetry';
import { stoppedClock, systemClock } from '@vox/shared/time';
import { describe, expect, it, vi } from 'vitest';
import { degradingLimits, degradingMarks } from './degrading.ts';
import { denyCache } from './deny-cache.ts';
import { keepPromises } from './keep.promises.ts';
import type { Limits } from './limits.ts';
import { memoryLimits, memoryMarks } from './memory.ts';

const spanMs = 400;
keepPromises('the twin', spanMs, async () => {
  const opened = { limits: memoryLimits(systemClock, spanMs), marks: memoryMarks(systemClock) };
  return [opened, opened];
});

const down: Limits = { take: () => Promise.reject(new Error('down')) };
const ip = (perMinute: number, burst = 0) => ({ scope: 'ip' as const, key: 'a', limit: { perMinute, burst } });

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
  it('asks again when the limit was raised', async () => {
    const clock = stoppedClock('2026-05-05T12:00:00.000Z');
    const limits = denyCache(memoryLimits(clock), clock);
    await limits.take([ip(1)]);
    expect((await limits.take([ip(1)])).kind).toBe('refused');
    expect((await limits.take([ip(2)])).kind).toBe('taken');
  });
});

describe('while the store is down', () => {
  it.each([
    [60, 20, 4, 20],
    [3, 0, 8, 1],
    [0, 20, 4, 0],
  ])('%i a minute and a burst of %i over %i copies admit %i here', async (perMinute, burst, copies, admitted) => {
    const told = vi.fn();
    const own = memoryLimits(stoppedClock('2026-05-05T12:00:00.000Z'));
    const limits = degradingLimits(down, own, copies, told);
    const answers = await Promise.all(Array.from({ length: 100 }, () => limits.take([ip(perMinute, burst)])));
    expect(answers.filter(({ kind }) => kind === 'taken')).toHaveLength(admitted);
    expect(told).toHaveBeenCalledTimes(100);
  });
  it('marks are kept here, so that what was spent stays spent', async () => {
    const broken = () => Promise.reject(new Error('down'));
    const marks = degradingMarks({ claim: broken, put: broken, drop: broken }, memoryMarks(systemClock), () =>
      silentLog.warn({}, 'down'),
    );
    expect(await marks.claim('proof', '1', 1_000)).toBeUndefined();
    expect(await marks.claim('proof', '1', 1_000)).toBe('1');
  });
});
