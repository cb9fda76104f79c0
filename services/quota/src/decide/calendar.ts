import { dayInZone, type Period } from '@vox/contracts';

/** A tenant's day and month, and when the next ones begin (epoch milliseconds). */
export type Calendar = Readonly<{ day: string; month: string; nextDayAtMs: number; nextMonthAtMs: number }>;

const hourMs = 3_600_000;

/**
 * The first moment after `atMs` whose name differs, to the second. A day can have 23 or 25 hours; a zone can skip one.
 */
function nextChange(nameOf: (ms: number) => string, atMs: number, longestMs: number): number {
  const name = nameOf(atMs);
  let before = atMs;
  let after = atMs + hourMs;
  while (nameOf(after) === name && after - atMs < longestMs) {
    before = after;
    after += hourMs;
  }
  while (after - before > 1_000) {
    const middle = before + Math.floor((after - before) / 2);
    if (nameOf(middle) === name) before = middle;
    else after = middle;
  }
  return Math.floor(after / 1_000) * 1_000;
}

/** The last calendar of each zone. It holds until its day is over; to search for the next month anew would be slow. */
const calendars = new Map<string, Calendar & { fromMs: number }>();

export function calendarOf(timeZone: string, atMs: number): Calendar {
  const known = calendars.get(timeZone);
  if (known !== undefined && atMs >= known.fromMs && atMs < known.nextDayAtMs) return known;
  const calendar = { ...searched(timeZone, atMs), fromMs: atMs };
  calendars.set(timeZone, calendar);
  return calendar;
}

function searched(timeZone: string, atMs: number): Calendar {
  const day = dayInZone(timeZone, atMs);
  const monthOf = (ms: number): string => dayInZone(timeZone, ms).slice(0, 7);
  return {
    day,
    month: monthOf(atMs),
    nextDayAtMs: nextChange((ms) => dayInZone(timeZone, ms), atMs, 50 * hourMs),
    nextMonthAtMs: nextChange(monthOf, atMs, 33 * 24 * hourMs),
  };
}

/** When a period is over and its budget is whole again, as an ISO time. */
export const resetsAtOf = ({ nextDayAtMs, nextMonthAtMs }: Calendar, period: Period): string =>
  new Date(period === 'day' ? nextDayAtMs : nextMonthAtMs).toISOString();
