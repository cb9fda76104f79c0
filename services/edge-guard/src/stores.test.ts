import { type Clock, stoppedClock, systemClock } from '@vox/platform/time';
import { describe, expect, it, vi } from 'vitest';
import { denyCache } from './limits/keep/deny-cache.ts';
import { keepPromises } from './limits/keep/limits.promises.ts';
import { memoryCarries, memoryLimits, memoryMarks } from './memory.ts';
import { degrading } from './stores.ts';

const spanMs = 400;
keepPromises('the twin', spanMs, async () => {
  const opened = {
    limits: memoryLimits(systemClock, spanMs),
    marks: memoryMarks(systemClock),
    carries: memoryCarries(systemClock),
  };
  return [opened, opened];
});

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
  function openFixture(copies = 1) {
    const clock = stoppedClock('2026-05-05T12:00:00.000Z');
    const kept = (of: Pick<Clock, 'now'>) => ({
      limits: memoryLimits(of),
      marks: memoryMarks(of),
      carries: memoryCarries(of),
    });
    const [shared, told] = [kept(clock), vi.fn()];
    let up = false;
    const asked = vi.fn();
    const or = <T>(work: () => Promise<T>): Promise<T> => {
      asked();
      return up ? work() : Promise.reject(new Error('down'));
    };
    const store = {
      limits: {
        take: (dimensions: Parameters<typeof shared.limits.take>[0]) => or(() => shared.limits.take(dimensions)),
      },
      marks: {
        claim: (key: string, value: string, lifeMs: number) => or(() => shared.marks.claim(key, value, lifeMs)),
        put: (key: string, value: string, lifeMs: number) => or(() => shared.marks.put(key, value, lifeMs)),
        drop: (key: string) => or(() => shared.marks.drop(key)),
      },
      carries: {
        take: (key: string) => or(() => shared.carries.take(key)),
        put: (key: string, value: string, lifeMs: number) => or(() => shared.carries.put(key, value, lifeMs)),
      },
    };
    const back = (): void => {
      up = true;
    };
    const down = (): void => {
      up = false;
    };
    return { ...degrading(store, kept(clock), copies, clock, told), told, asked, clock, back, down };
  }

  it.each([
    [60, 20, 4, 20],
    [3, 0, 8, 1],
    [0, 20, 4, 0],
  ])('%i a minute and a burst of %i over %i copies admit %i here', async (perMinute, burst, copies, admitted) => {
    const { limits, told } = openFixture(copies);
    const answers = await Promise.all(Array.from({ length: 100 }, () => limits.take([ip(perMinute, burst)])));
    expect(answers.filter(({ kind }) => kind === 'taken')).toHaveLength(admitted);
    expect(told).toHaveBeenCalledTimes(100);
  });
  it('marks are kept here, so that what was spent stays spent', async () => {
    const { marks } = openFixture();
    expect(await marks.claim('proof', '1', 1_000)).toBeUndefined();
    expect(await marks.claim('proof', '1', 1_000)).toBe('1');
  });
  it('carries are lost, and one that the store still holds from before is not taken for the newest', async () => {
    const { carries, clock, back, down } = openFixture();
    back();
    await carries.put('call', 'old', 60_000);
    await carries.put('other', 'old', 60_000);
    down();
    expect(await carries.take('call')).toBeUndefined();
    await carries.put('call', 'newer', 60_000);
    back();
    clock.advanceMs(500);
    expect(await carries.take('call')).toBeUndefined();
    await carries.put('call', 'newest', 60_000);
    expect(await carries.take('call')).toBe('newest');
    expect(await carries.take('other')).toBe('old');
  });
  it('it is asked by one request after each pause, so that nobody else waits for it, and used again once it answers', async () => {
    const { limits, marks, asked, clock, back } = openFixture();
    for (let n = 0; n < 10; n += 1) await limits.take([ip(1_000)]);
    expect(asked).toHaveBeenCalledTimes(3);
    clock.advanceMs(500);
    await Promise.all(Array.from({ length: 10 }, () => marks.claim('a', '1', 1_000)));
    expect(asked).toHaveBeenCalledTimes(4);
    back();
    clock.advanceMs(500);
    for (let n = 0; n < 10; n += 1) await limits.take([ip(1_000)]);
    expect(asked).toHaveBeenCalledTimes(14);
  });
});
