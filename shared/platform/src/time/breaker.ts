/** A circuit breaker's memory: failures in a row, and until when nobody asks. */
export type Breaker = Readonly<{ failures: number; openUntilMs: number }>;

export const closedBreaker: Breaker = { failures: 0, openUntilMs: 0 };
const failuresToOpen = 5;
const openMs = 10_000;

export const mayAsk = (breaker: Breaker, nowMs: number): boolean => nowMs >= breaker.openUntilMs;
export const afterSuccess = (): Breaker => closedBreaker;

/**
 * The fifth failure in a row opens the breaker. After the pause one more failure opens it again. A failure that names a
 * time to wait opens it at once, for at most a minute.
 */
export function afterFailure(breaker: Breaker, nowMs: number, retryAfterMs = 0): Breaker {
  const failures = breaker.failures + 1;
  const pauseMs = Math.max(failures >= failuresToOpen ? openMs : 0, Math.min(retryAfterMs, 60_000));
  return { failures, openUntilMs: pauseMs === 0 ? breaker.openUntilMs : nowMs + pauseMs };
}
