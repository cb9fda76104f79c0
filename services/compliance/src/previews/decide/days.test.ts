import { describe, expect, it } from 'vitest';
import { somePastCall } from '../previews.fixture.ts';
import { daysIn, startOfDays } from './days.ts';
import { peakOf } from './peak.ts';

describe('the last days of a tenant', () => {
  it.each([
    ['UTC', '2026-05-05T12:00:00Z', 1, '2026-05-05T00:00:00Z'],
    ['UTC', '2026-05-05T12:00:00Z', 30, '2026-04-06T00:00:00Z'],
    // The day on which clocks go forward has 23 hours, and is one of the days.
    ['Europe/Madrid', '2026-03-29T22:30:00Z', 2, '2026-03-28T23:00:00Z'],
    ['Pacific/Kiritimati', '2026-05-05T12:00:00Z', 1, '2026-05-05T10:00:00Z'],
    ['Pacific/Pago_Pago', '2026-05-05T05:00:00Z', 1, '2026-05-04T11:00:00Z'],
  ])('begin in %s at %s, %i of them, at %s', (zone, now, days, from) => {
    const fromMs = startOfDays(daysIn(zone), Date.parse(now), days);
    expect(new Date(fromMs).toISOString()).toBe(new Date(from).toISOString());
  });
});

describe('the most calls that were open at once', () => {
  it('are counted with an end before a start of the same moment, and there are none without calls', () => {
    const peak = peakOf([somePastCall(1, [0, 10]), somePastCall(2, [10, 20]), somePastCall(3, [15, 15])]);
    expect(peak).toMatchObject({ open: 2, atMs: Date.parse('2026-05-05T12:00:15Z') });
    expect(peakOf([])).toBeUndefined();
  });
});
