import { agingDays } from '@vox/contracts';

/**
 * Calls that were granted under a widget key on one day (UTC), in one of several documents. While the stream may bring
 * a grant again, each call stands here by a short hash of its id; then the number is enough.
 */
export type KeyDay = Readonly<{ widgetKey: string; day: string; folded: number; calls: readonly string[] }>;

const dayMs = 86_400_000;
/** Longer than the stream of calls keeps a grant. */
const foldedAfterMs = 8 * dayMs;

export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** When a sweep looks at a day: to fold it, and to forget it. */
export function keyDayDueAtMs({ day, calls }: KeyDay): number {
  const endMs = Date.parse(`${day}T00:00:00.000Z`) + dayMs;
  return calls.length > 0 ? endMs + foldedAfterMs : endMs + agingDays * dayMs;
}

/** The day with one more call, or the same day where the call is counted. */
export const withCall = (day: KeyDay, call: string): KeyDay =>
  day.calls.includes(call) ? day : { ...day, calls: [...day.calls, call] };

export const folded = (day: KeyDay): KeyDay => ({ ...day, folded: day.folded + day.calls.length, calls: [] });

/** Grants by day, the oldest first: each day of the span, those without a call too. */
export function grantsByDay(found: readonly KeyDay[], days: number, nowMs: number): { day: string; granted: number }[] {
  const counts = new Map<string, number>();
  for (const { day, folded: before, calls } of found) counts.set(day, (counts.get(day) ?? 0) + before + calls.length);
  return Array.from({ length: days }, (_, n) => {
    const day = dayOf(nowMs - (days - 1 - n) * dayMs);
    return { day, granted: counts.get(day) ?? 0 };
  });
}
