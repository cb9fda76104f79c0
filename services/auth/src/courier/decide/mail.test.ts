import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leased, putBack, type QueuedMail } from './mail.ts';

const queued: QueuedMail = {
  ...{ template: 'digest', tenantId: null, sealed: '', queuedAtMs: 0, endsAtMs: 1, dueAtMs: 0, tries: 0, lease: null },
};

describe('a mail that is tried', () => {
  it('is had by nobody else before its lease ends', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(59_999), (nowMs, laterMs) => {
        const mine = leased(queued, 'mine', nowMs);
        expect(mine).toMatchObject({ lease: 'mine', tries: 1 });
        expect(leased(mine ?? queued, 'another', nowMs + laterMs)).toBeUndefined();
        expect(leased(mine ?? queued, 'another', nowMs + 60_000)?.lease).toBe('another');
      }),
    );
  });
  it('waits longer after each failure, between one second and five minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (tries) => {
        const waits = (count: number): number => putBack({ ...queued, tries: count }, 0).dueAtMs;
        expect(waits(tries)).toBeGreaterThanOrEqual(1_000);
        expect(waits(tries)).toBeLessThanOrEqual(300_000);
        expect(waits(tries + 1)).toBeGreaterThanOrEqual(waits(tries));
      }),
    );
  });
});
