import type { Clock } from '../time/mod.ts';

/**
 * Says a thing at most once in `quietMs`, with how often it was left unsaid since: what a crowd can cause must not fill
 * a log.
 */
export function sparingly(
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
