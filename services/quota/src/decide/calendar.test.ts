import { dayInZone } from '@vox/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarOf } from './calendar.ts';

const hours = (zone: string, at: string): number => {
  const start = Date.parse(at);
  return (calendarOf(zone, start).nextDayAtMs - start) / 3_600_000;
};

describe('a tenant’s day', () => {
  it('has 23 and 25 hours where the clocks change', () => {
    expect(hours('Europe/Madrid', '2026-03-28T23:00:00Z')).toBe(23);
    expect(hours('Europe/Madrid', '2026-10-24T22:00:00Z')).toBe(25);
    expect(hours('America/New_York', '2026-03-08T05:00:00Z')).toBe(23);
    expect(hours('UTC', '2026-03-28T00:00:00Z')).toBe(24);
  });
  it('ends where the next begins, also where a zone once skipped a day', () => {
    expect(calendarOf('Pacific/Apia', Date.parse('2011-12-30T09:59:59Z'))).toMatchObject({ day: '2011-12-29' });
    expect(dayInZone('Pacific/Apia', calendarOf('Pacific/Apia', Date.parse('2011-12-30T09:00:00Z')).nextDayAtMs)).toBe(
      '2011-12-31',
    );
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Madrid',
      'America/New_York',
      'Asia/Kathmandu',
      'Pacific/Apia',
      'Australia/Lord_Howe',
    );
    fc.assert(
      fc.property(zones, fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2030-01-01') }), (zone, at) => {
        const { day, month, nextDayAtMs, nextMonthAtMs } = calendarOf(zone, at);
        expect(dayInZone(zone, nextDayAtMs - 1_000)).toBe(day);
        expect(dayInZone(zone, nextDayAtMs)).not.toBe(day);
        expect(dayInZone(zone, nextMonthAtMs - 1_000).slice(0, 7)).toBe(month);
        expect(dayInZone(zone, nextMonthAtMs).slice(8)).toBe('01');
      }),
      { numRuns: 60 },
    );
  });
});
