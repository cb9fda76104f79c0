import { describe, expect, it, vi } from 'vitest';
import { together } from './together.ts';

describe('asking together', () => {
  const doubled = () => vi.fn(async (asked: readonly number[]) => asked.map((each) => each * 2));

  it('asks once for what is asked in one turn, and answers each its own', async () => {
    const ask = doubled();
    const one = together(10, ask);
    expect(await Promise.all([one(1), one(2), one(3)])).toEqual([2, 4, 6]);
    expect(await one(4)).toBe(8);
    expect(ask.mock.calls).toEqual([[[1, 2, 3]], [[4]]]);
  });
  it('asks for no more at once than it may', async () => {
    const ask = doubled();
    const one = together(2, ask);
    expect(await Promise.all([one(1), one(2), one(3)])).toEqual([2, 4, 6]);
    expect(ask.mock.calls).toEqual([[[1, 2]], [[3]]]);
  });
  it('fails for all that were asked together, and for none that come after', async () => {
    const ask = vi.fn().mockRejectedValueOnce(new Error('down')).mockResolvedValue([1]);
    const one = together<number, number>(10, ask);
    const failed = await Promise.allSettled([one(1), one(2)]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await one(3)).toBe(1);
  });
});
