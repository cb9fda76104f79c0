import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Log, look, most, windowMs } from './window.ts';

describe('the sliding window', () => {
  it('admits no more than limit and burst in any 60 seconds, and lets the next one pass when it said so', () => {
    const arrivals = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(arrivals, fc.nat({ max: 6 }), fc.nat({ max: 4 }), (gaps, perMinute, burst) => {
        const limit = { perMinute, burst };
        let log: Log = [];
        let nowMs = 1_000_000;
        for (const gap of gaps) {
          nowMs += gap;
          const { retryMs } = look(log, limit, nowMs);
          if (retryMs === undefined) log = [...log, nowMs];
          else if (most(limit) > 0) {
            expect(look(log, limit, nowMs + retryMs).retryMs).toBeUndefined();
            expect(look(log, limit, nowMs + retryMs - 1).retryMs).toBeDefined();
          }
        }
        for (const from of log)
          expect(log.filter((atMs) => atMs >= from && atMs < from + windowMs).length).toBeLessThanOrEqual(most(limit));
      }),
    );
  });
});
