import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inTime } from './in-time.ts';

/** Holds the event loop, as a flood of requests does. */
function busy(ms: number): void {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs);
}

describe('waiting for a store', () => {
  it('ends when it has not answered in its time', async () => {
    await expect(inTime(new Promise(() => undefined), 20)).rejects.toThrow('it did not answer within 20 ms');
  });
  it('does not count the time in which this process was busy, however often', async () => {
    const answer = Promise.withResolvers<string>();
    const waiting = inTime(answer.promise, 20);
    for (let n = 0; n < 3; n += 1) {
      busy(60);
      await pause(0);
    }
    answer.resolve('late, by our own fault');
    expect(await waiting).toBe('late, by our own fault');
  });
});
