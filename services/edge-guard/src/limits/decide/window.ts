/** A limit over any 60 seconds: `perMinute` plus a burst. */
export type Limit = Readonly<{ perMinute: number; burst: number }>;
/** Moments (epoch milliseconds) of what was admitted within the last 60 seconds, the oldest first. */
export type Log = readonly number[];
export type Dimension = Readonly<{ scope: 'ip' | 'user' | 'key'; key: string; limit: Limit }>;
export type DimensionCount = Readonly<{
  scope: Dimension['scope'];
  limit: number;
  remaining: number;
  resetSeconds: number;
}>;

export const windowMs = 60_000;
export const most = ({ perMinute, burst }: Limit): number => perMinute + (perMinute === 0 ? 0 : burst);
export const recent = (log: Log, nowMs: number, spanMs = windowMs): Log => log.filter((atMs) => atMs > nowMs - spanMs);
export const secondsOf = (ms: number): number => Math.max(0, Math.ceil(ms / 1_000));

/**
 * One request against one dimension: a sliding log, so that no span of 60 seconds, wherever it starts, holds more than
 * limit plus burst. `retryMs` is when the next one would pass, or `undefined` when this one does.
 */
export function look(
  log: Log,
  limit: Limit,
  nowMs: number,
  spanMs = windowMs,
): Readonly<{ retryMs?: number; remaining: number; resetMs: number }> {
  const within = recent(log, nowMs, spanMs);
  const allowed = most(limit);
  const resetMs = within.length === 0 ? 0 : (within.at(-1) ?? nowMs) + spanMs - nowMs;
  if (within.length < allowed) return { remaining: allowed - within.length - 1, resetMs: spanMs };
  const oldest = within[within.length - allowed];
  return { retryMs: oldest === undefined ? spanMs : Math.max(1, oldest + spanMs - nowMs), remaining: 0, resetMs };
}
