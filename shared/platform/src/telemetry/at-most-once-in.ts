import type { Clock } from '../time/mod.ts';

/**
 * Limits a report to one in `quietMs`, with the number of reports left out since: many failing requests must not fill a
 * log.
 */
export function atMostOnceIn(
  quietMs: number,
  clock: Clock,
  say: (error: unknown, unsaid: number) => void,
): (error: unknown) => void {
  let saidAtMs = Number.NEGATIVE_INFINITY;
  let unsaid = 0;
  return (error) => {
    const nowMs = clock.now().getTime();
    if (nowMs - saidAtMs < quietMs) {
      unsaid += 1;
      return;
    }
    say(error, unsaid);
    saidAtMs = nowMs;
    unsaid = 0;
  };
}
