import { randomBytes } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { onGiven, someClock } from './holders.fixture.ts';
import { keepOpen } from './keep-open.ts';

const context = 'tenant:acme:secrets';

function kept(over: Readonly<{ lifeMs?: number; keysMax?: number }> = {}) {
  const clock = someClock();
  const { holder } = onGiven();
  const open = vi.fn(holder.open);
  return { clock, open, keys: keepOpen({ ...holder, open }, { lifeMs: 60_000, keysMax: 100, clock, ...over }) };
}

describe('a key that was unwrapped', () => {
  it('is asked for once by many who need it at once, and not again until its time is over', async () => {
    const { clock, open, keys } = kept();
    const key = randomBytes(32);
    const wrapped = await keys.wrap(key, context);
    const all = await Promise.all(Array.from({ length: 100 }, () => keys.open(wrapped, context)));
    expect(all.every((each) => each?.equals(key))).toBe(true);
    clock.advanceMs(59_999);
    expect([await keys.open(wrapped, context), open.mock.calls.length]).toEqual([key, 1]);
    clock.advanceMs(1);
    expect([await keys.open(wrapped, context), open.mock.calls.length]).toEqual([key, 2]);
  });
  it('is each reader’s own: whoever wipes it takes it from nobody else', async () => {
    const { keys } = kept();
    const key = randomBytes(32);
    const wrapped = await keys.wrap(key, context);
    for (const read of await Promise.all([keys.open(wrapped, context), keys.open(wrapped, context)])) read?.fill(0);
    expect(await keys.open(wrapped, context)).toEqual(key);
  });
  it('is not kept for another context', async () => {
    const { keys } = kept();
    const wrapped = await keys.wrap(randomBytes(32), context);
    await keys.open(wrapped, context);
    expect(await keys.open(wrapped, 'tenant:other:secrets')).toBeUndefined();
  });
  it('gives way to newer ones when there are too many', async () => {
    const { open, keys } = kept({ keysMax: 3 });
    const all = await Promise.all(Array.from({ length: 5 }, () => keys.wrap(randomBytes(32), context)));
    for (const each of all) await keys.open(each, context);
    for (const each of all.slice(2)) await keys.open(each, context);
    expect(open).toHaveBeenCalledTimes(5);
    await keys.open(all[0] as (typeof all)[number], context);
    expect(open).toHaveBeenCalledTimes(6);
  });
  it('is not kept at all where its life is nought', async () => {
    const { open, keys } = kept({ lifeMs: 0 });
    const wrapped = await keys.wrap(randomBytes(32), context);
    for (let n = 0; n < 3; n += 1) await keys.open(wrapped, context);
    expect(open).toHaveBeenCalledTimes(3);
  });
  it('does not outlive its time because the holder is down', async () => {
    const { clock, open, keys } = kept();
    const wrapped = await keys.wrap(randomBytes(32), context);
    await keys.open(wrapped, context);
    open.mockRejectedValue(new Error('down'));
    expect(await keys.open(wrapped, context)).toHaveLength(32);
    clock.advanceMs(60_000);
    await expect(keys.open(wrapped, context)).rejects.toThrow('down');
  });
});
