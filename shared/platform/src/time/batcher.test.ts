import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { batcher } from './batcher.ts';

describe('a batcher', () => {
  const doubled = () => vi.fn(async (asked: readonly number[]) => asked.map((each) => each * 2));
  /** Whoever is asked answers when told to. */
  function held() {
    const answers: ((fails?: Error) => void)[] = [];
    const ask = vi.fn(
      (asked: readonly number[]) =>
        new Promise<readonly number[]>((resolve, reject) => {
          answers.push((error) => (error === undefined ? resolve(asked) : reject(error)));
        }),
    );
    return { ask, answer: async (error?: Error) => answers.shift()?.(error) };
  }
  const patient = 60_000;

  it('asks once for all keys of one turn, and gives each caller its own answer', async () => {
    const ask = doubled();
    const one = batcher({ sizeMax: 10, waitMs: patient }, ask);
    expect(await Promise.all([one(1), one(2), one(3)])).toEqual([2, 4, 6]);
    expect(await one(4)).toBe(8);
    expect(ask.mock.calls).toEqual([[[1, 2, 3]], [[4]]]);
  });
  it('asks for no more keys at once than its bound', async () => {
    const ask = doubled();
    const one = batcher({ sizeMax: 2, waitMs: patient }, ask);
    expect(await Promise.all([one(1), one(2), one(3)])).toEqual([2, 4, 6]);
    expect(ask.mock.calls).toEqual([[[1, 2]], [[3]]]);
  });
  it.each([[undefined], [new Error('down')]])(
    'asks for those who came meanwhile once it was answered: %s',
    async (error) => {
      const { ask, answer } = held();
      const one = batcher({ sizeMax: 10, waitMs: patient }, ask);
      const first = one(1).catch(() => 0);
      await expect.poll(() => ask.mock.calls.length).toBe(1);
      const next = [one(2)];
      await pause(5);
      next.push(one(3));
      expect(ask.mock.calls).toEqual([[[1]]]);
      await answer(error);
      expect(await first).toBe(error === undefined ? 1 : 0);
      expect(ask.mock.calls).toEqual([[[1]], [[2, 3]]]);
      await answer();
      expect(await Promise.all(next)).toEqual([2, 3]);
    },
  );
  it('lets no caller wait for an answer that does not come', async () => {
    const { ask, answer } = held();
    const one = batcher({ sizeMax: 10, waitMs: 5 }, ask);
    void one(1);
    await expect.poll(() => ask.mock.calls.length).toBe(1);
    const next = one(2);
    await expect.poll(() => ask.mock.calls).toEqual([[[1]], [[2]]]);
    await answer();
    await answer();
    expect(await next).toBe(2);
  });
  it('asks for each key once, whatever comes when and whatever fails', async () => {
    const asked: number[] = [];
    const one = batcher<number, number>({ sizeMax: 3, waitMs: 2 }, async (some) => {
      asked.push(...some);
      await pause(some.length);
      if (some.includes(13)) throw new Error('down');
      return some;
    });
    const all = Array.from({ length: 60 }, (_, n) => pause(n % 7).then(() => one(n)));
    const answers = await Promise.allSettled(all);
    expect(asked.toSorted((a, b) => a - b)).toEqual(all.map((_, n) => n));
    for (const [n, answer] of answers.entries()) if (answer.status === 'fulfilled') expect(answer.value).toBe(n);
    expect(answers.filter(({ status }) => status === 'rejected').length).toBeLessThanOrEqual(3);
    expect(answers[13]?.status).toBe('rejected');
  });
  it('fails for all keys of one request, and for none that come after', async () => {
    const ask = vi.fn().mockRejectedValueOnce(new Error('down')).mockResolvedValue([1]);
    const one = batcher<number, number>({ sizeMax: 10, waitMs: patient }, ask);
    const failed = await Promise.allSettled([one(1), one(2)]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await one(3)).toBe(1);
  });
});
