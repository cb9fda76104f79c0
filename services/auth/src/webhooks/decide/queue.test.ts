import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leased, leaseMs, type Queue, queueDueAtMs, released, rung } from './queue.ts';

const whose = { tenantId: 'acme', endpointId: 'we_1' };
const nowMs = 1_000_000;
const laterMs = nowMs + 36_000_000;
const begun = (): Queue => leased(rung(undefined, whose, nowMs), 'a', nowMs) as Queue;

describe('the queue of an endpoint', () => {
  it('is worked at by one copy at a time, and by another once the lease has ended', () => {
    const mine = begun();
    expect(leased(mine, 'b', nowMs + leaseMs - 1)).toBeUndefined();
    expect(leased(mine, 'a', nowMs + 1)).toBeDefined();
    expect(leased(mine, 'b', nowMs + leaseMs)?.lease?.by).toBe('b');
  });
  it('is due again at once when it rang while somebody worked at it', () => {
    expect(queueDueAtMs(released(begun(), laterMs, 'well', nowMs))).toBe(laterMs);
    const rang = rung(begun(), whose, nowMs);
    expect(queueDueAtMs(released(rang, laterMs, 'well', nowMs))).toBe(nowMs);
    const seen = leased(rang, 'a', nowMs) as Queue;
    expect(queueDueAtMs(released(seen, laterMs, 'well', nowMs))).toBe(laterMs);
  });
  it('rests after each round that fails, longer each time and no longer than five minutes, until one goes well', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (rounds) => {
        let queue = begun();
        let before = 0;
        for (let n = 0; n < rounds; n += 1) {
          const freed = released(queue, nowMs, 'failing', nowMs);
          const restMs = queueDueAtMs(freed) - nowMs;
          expect(restMs).toBeGreaterThanOrEqual(before);
          expect(restMs).toBeLessThanOrEqual(300_000);
          before = restMs;
          queue = { ...freed, lease: queue.lease };
        }
        expect(before).toBeGreaterThanOrEqual(2_000);
        expect(queueDueAtMs(released(queue, nowMs, 'well', nowMs))).toBe(nowMs);
      }),
    );
  });
});
