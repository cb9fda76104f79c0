import { expect, it } from 'vitest';
import { dayInZone } from './zone-day.ts';

it('is the calendar’s day in that zone, whatever the clock’s zone', () => {
  const at = Date.parse('2026-03-01T03:30:00Z');
  expect(dayInZone('UTC', at)).toBe('2026-03-01');
  expect(dayInZone('America/New_York', at)).toBe('2026-02-28');
  expect(dayInZone('Asia/Tokyo', at)).toBe('2026-03-01');
});

it('refuses what is no zone', () => {
  expect(() => dayInZone('Mars/Olympus', 0)).toThrow(RangeError);
});
