import { dayInZone } from '@vox/contracts';

/** Names the calendar day of a moment in a zone, as YYYY-MM-DD. */
export type DayOf = (atMs: number) => string;

export const daysIn =
  (timeZone: string): DayOf =>
  (atMs) =>
    dayInZone(timeZone, atMs);

const dayMs = 86_400_000;
/** No zone is further from UTC. */
const farthestMs = 15 * 3_600_000;

/** The first moment of the so many last days, the one of `nowMs` among them, to the second. */
export function startOfDays(dayOf: DayOf, nowMs: number, days: number): number {
  const noonMs = Date.parse(`${dayOf(nowMs)}T00:00:00Z`) - (days - 1) * dayMs;
  const first = new Date(noonMs).toISOString().slice(0, 10);
  let [before, from] = [noonMs - farthestMs, noonMs + farthestMs];
  while (from - before > 1_000) {
    const middle = before + Math.floor((from - before) / 2);
    if (dayOf(middle) < first) before = middle;
    else from = middle;
  }
  return Math.floor(from / 1_000) * 1_000;
}
