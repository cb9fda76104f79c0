/** A pace that was kept for less than this says nothing. */
const leastMs = 1_800_000;
/** A day with a change of clocks is an hour longer or shorter, which a forecast can bear. */
const dayMs = 86_400_000;

/**
 * When the budget of a day is used up if calls go on at the pace of this day so far, in epoch milliseconds: now where
 * nothing remains; `undefined` where it lasts until it begins anew, where it has no bound of its own, where nothing was
 * used, and where the day is too young to tell. What was credited was used too.
 * @param {Readonly<{limit: string, used: number, credited: number, remaining: number | null, resetsAt: string}>} row
 * @param {number} nowMs
 */
export function usedUpAtMs({ limit, used, credited, remaining, resetsAt }, nowMs) {
  const endMs = Date.parse(resetsAt);
  if (!limit.endsWith('PerDay') || remaining === null || nowMs >= endMs) return undefined;
  if (remaining <= 0) return nowMs;
  const passedMs = nowMs - (endMs - dayMs);
  if (used + credited <= 0 || passedMs < leastMs) return undefined;
  const atMs = Math.round(nowMs + (remaining * passedMs) / (used + credited));
  return atMs < endMs ? atMs : undefined;
}
