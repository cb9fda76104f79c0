import { stoppedClock } from '@vox/platform/time';
import { describe, expect, it, vi } from 'vitest';
import { memoryStores } from './memory.ts';
import { degrading, type Stores } from './stores.ts';

const ip = (perMinute: number, burst = 0) => ({ scope: 'ip' as const, key: 'a', limit: { perMinute, burst } });

/** Stores that answer only while they are up, and how often they were asked. */
function openFixture(copies = 1) {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  const shared = memoryStores(clock);
  const [onDegraded, asked] = [vi.fn(), vi.fn()];
  let isUp = false;
  const orFail =
    <Given extends unknown[], T>(work: (...given: Given) => Promise<T>) =>
    async (...given: Given): Promise<T> => {
      asked();
      if (!isUp) throw new Error('down');
      return work(...given);
    };
  const store: Stores = {
    limits: { take: orFail(shared.limits.take), forget: orFail(shared.limits.forget) },
    claims: {
      claim: orFail(shared.claims.claim),
      put: orFail(shared.claims.put),
      release: orFail(shared.claims.release),
    },
    redactionStates: { take: orFail(shared.redactionStates.take), put: orFail(shared.redactionStates.put) },
  };
  const set = (next: boolean) => (): void => {
    isUp = next;
  };
  const degraded = degrading(store, memoryStores(clock), copies, clock, onDegraded);
  return { ...degraded, onDegraded, asked, clock, up: set(true), down: set(false) };
}

describe('while the store is down', () => {
  it.each([
    [60, 20, 4, 20],
    [3, 0, 8, 1],
    [0, 20, 4, 0],
  ])('%i a minute and a burst of %i over %i copies admit %i here', async (perMinute, burst, copies, admitted) => {
    const { limits, onDegraded } = openFixture(copies);
    const answers = await Promise.all(Array.from({ length: 100 }, () => limits.take([ip(perMinute, burst)])));
    expect(answers.filter(({ kind }) => kind === 'taken')).toHaveLength(admitted);
    expect(onDegraded).toHaveBeenCalledTimes(100);
  });
  it('claims are kept here, so that a nonce that was spent stays spent', async () => {
    const { claims } = openFixture();
    expect(await claims.claim('proof', '1', 1_000)).toBeUndefined();
    expect(await claims.claim('proof', '1', 1_000)).toBe('1');
  });
  it('redaction states are lost, and an older one that the store still holds is too', async () => {
    const { redactionStates, clock, up, down } = openFixture();
    up();
    await redactionStates.put('call', 'old', 60_000);
    await redactionStates.put('other', 'old', 60_000);
    down();
    expect(await redactionStates.take('call')).toBeUndefined();
    await redactionStates.put('call', 'newer', 60_000);
    up();
    clock.advanceMs(500);
    expect(await redactionStates.take('call')).toBeUndefined();
    await redactionStates.put('call', 'newest', 60_000);
    expect(await redactionStates.take('call')).toBe('newest');
    expect(await redactionStates.take('other')).toBe('old');
  });
  it('one request after each pause asks the store, and all do once it answers', async () => {
    const { limits, claims, asked, clock, up } = openFixture();
    for (let n = 0; n < 10; n += 1) await limits.take([ip(1_000)]);
    expect(asked).toHaveBeenCalledTimes(3);
    clock.advanceMs(500);
    await Promise.all(Array.from({ length: 10 }, () => claims.claim('a', '1', 1_000)));
    expect(asked).toHaveBeenCalledTimes(4);
    up();
    clock.advanceMs(500);
    for (let n = 0; n < 10; n += 1) await limits.take([ip(1_000)]);
    expect(asked).toHaveBeenCalledTimes(14);
  });
});
