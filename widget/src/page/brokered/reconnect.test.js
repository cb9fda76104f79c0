import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { triesAfter, waitBefore } from './reconnect.js';

describe('the wait before a stream is opened again', () => {
  it('doubles from half a second to ten seconds, and is at random between half and all of that', () => {
    const waits = (/** @type {number} */ random) =>
      [1, 2, 3, 4, 5, 6, 7, 1_000].map((tries) => waitBefore({ tries }, random));
    expect(waits(0)).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
    expect(waits(1)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000]);
  });
  it('begins at what the stream asks for, and is at least what an answer asks for', () => {
    expect(waitBefore({ tries: 1, retryMs: 3_000 }, 1)).toBe(3_000);
    expect(waitBefore({ tries: 1, retryMs: 0 }, 1)).toBe(500);
    expect(waitBefore({ tries: 1, retryAfterSeconds: 30 }, 0)).toBe(30_000);
  });
  it('is never none and never longer than ten seconds, unless an answer asked for that', () => {
    const failed = fc.record({ tries: fc.integer({ min: 1 }), retryMs: fc.option(fc.nat(), { nil: undefined }) });
    fc.assert(
      fc.property(failed, fc.double({ min: 0, max: 0.999, noNaN: true }), (each, random) => {
        const ms = waitBefore(each, random);
        expect(ms).toBeGreaterThanOrEqual(250);
        expect(ms).toBeLessThanOrEqual(10_000);
      }),
    );
  });
  it('begins anew after a stream that was open for a while, and not after one that was closed at once', () => {
    expect([triesAfter(0, 0), triesAfter(4, 0), triesAfter(4, 4_999), triesAfter(4, 5_000)]).toEqual([1, 5, 5, 1]);
  });
});
