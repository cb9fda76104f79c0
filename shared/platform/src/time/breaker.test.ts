import { describe, expect, it } from 'vitest';
import { afterFailure, afterSuccess, type Breaker, closedBreaker, mayAsk } from './breaker.ts';

const failed = (times: number, breaker: Breaker = closedBreaker): Breaker =>
  Array.from({ length: times }).reduce<Breaker>((each) => afterFailure(each, 1_000), breaker);

describe('a circuit breaker', () => {
  it.each([
    ['is closed at first', closedBreaker, 1_000, true],
    ['stays closed after four failures', failed(4), 1_000, true],
    ['opens at the fifth failure', failed(5), 1_000, false],
    ['stays open for ten seconds', failed(5), 10_999, false],
    ['lets one try after ten seconds', failed(5), 11_000, true],
    ['opens again at one failure after the pause', afterFailure(failed(5), 11_000), 20_999, false],
    ['closes at a success', failed(4, afterSuccess()), 1_000, true],
    ['opens at once for as long as the other side asks', afterFailure(closedBreaker, 1_000, 3_000), 3_999, false],
    [
      'closes when the time that the other side asked for is over',
      afterFailure(closedBreaker, 1_000, 3_000),
      4_000,
      true,
    ],
    ['stays open for a minute at most', afterFailure(closedBreaker, 1_000, 3_600_000), 61_000, true],
  ] as const)('%s', (_what, breaker, nowMs, isClosed) => {
    expect(mayAsk(breaker, nowMs)).toBe(isClosed);
  });
});
