import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usedUpAtMs } from './forecast.js';

const resetsAt = '2026-12-01T00:00:00.000Z';
const noonMs = Date.parse('2026-11-30T12:00:00.000Z');
const row = { limit: 'tokensPerDay', used: 600, credited: 0, remaining: 200, resetsAt };

describe('the forecast of a day’s budget', () => {
  it('is the moment when what remains is gone, at the pace of the day so far', () => {
    expect(usedUpAtMs(row, noonMs)).toBe(noonMs + 4 * 3_600_000);
    expect(usedUpAtMs({ ...row, used: 100, credited: 500 }, noonMs)).toBe(noonMs + 4 * 3_600_000);
    expect(usedUpAtMs({ ...row, remaining: 0 }, noonMs)).toBe(noonMs);
  });
  it('is none where the budget lasts, has no bound, is not of a day, or nothing was used', () => {
    const none = [{ used: 100 }, { remaining: null }, { limit: 'tokensPerMonth' }, { used: 0 }];
    for (const over of none) expect(usedUpAtMs({ ...row, ...over }, noonMs)).toBeUndefined();
  });
  it('is none in the first half hour of a day, and none of a day that is over', () => {
    expect(usedUpAtMs(row, Date.parse('2026-11-30T00:29:59.000Z'))).toBeUndefined();
    expect(usedUpAtMs(row, Date.parse('2026-11-30T00:30:00.000Z'))).toBeDefined();
    expect(usedUpAtMs({ ...row, remaining: 0 }, Date.parse(resetsAt))).toBeUndefined();
  });
  it('is never before now nor after the end of the day, and never earlier for more that remains', () => {
    const amount = fc.integer({ min: 0, max: 1_000_000_000 });
    const moment = fc.integer({ min: Date.parse(resetsAt) - 86_400_000, max: Date.parse(resetsAt) - 1 });
    fc.assert(
      fc.property(amount, amount, amount, moment, (used, remaining, more, nowMs) => {
        const atMs = usedUpAtMs({ ...row, used, remaining }, nowMs) ?? Number.POSITIVE_INFINITY;
        expect(atMs).toBeGreaterThanOrEqual(nowMs);
        if (Number.isFinite(atMs)) expect(atMs).toBeLessThan(Date.parse(resetsAt));
        const later = usedUpAtMs({ ...row, used, remaining: remaining + more }, nowMs) ?? Number.POSITIVE_INFINITY;
        expect(later).toBeGreaterThanOrEqual(atMs);
      }),
    );
  });
});
