import type { PastCall } from './past-call.ts';

export type Peak = Readonly<{ open: number; atMs: number }>;

/**
 * The most calls that were open at once, and when first; `undefined` without calls. An end comes before a start of its
 * moment.
 */
export function peakOf(calls: readonly PastCall[]): Peak | undefined {
  const starts = calls.map(({ startedAtMs }) => startedAtMs).sort((a, b) => a - b);
  const ends = calls.map(({ startedAtMs, endedAtMs }) => Math.max(endedAtMs, startedAtMs + 1)).sort((a, b) => a - b);
  let peak: Peak | undefined;
  let over = 0;
  for (const [begun, atMs] of starts.entries()) {
    while ((ends[over] ?? Number.POSITIVE_INFINITY) <= atMs && over < begun) over += 1;
    const open = begun + 1 - over;
    if (peak === undefined || open > peak.open) peak = { open, atMs };
  }
  return peak;
}
