import { Fault } from '../fault/mod.ts';
import { afterFailure, afterSuccess, type Breaker, type Clock, closedBreaker, mayAsk } from '../time/mod.ts';
import { KmsFailure } from './kms-failure.ts';

export type GuardKms = <T>(ask: () => Promise<T>) => Promise<T>;

/**
 * A key management service behind a breaker: after failures in a row nobody waits for it for a while. Whatever is
 * thrown becomes Fault UNAVAILABLE, with what was thrown as the private cause.
 */
export function guardKms(title: string, clock: Clock): GuardKms {
  let breaker: Breaker = closedBreaker;
  const nowMs = (): number => clock.now().getTime();
  return async (ask) => {
    if (!mayAsk(breaker, nowMs())) {
      const retryAfterSeconds = Math.max(1, Math.ceil((breaker.openUntilMs - nowMs()) / 1_000));
      const cause = new KmsFailure(`${title} failed too often and is left alone for a while`);
      throw new Fault('UNAVAILABLE', { retryAfterSeconds }, { cause });
    }
    try {
      const answer = await ask();
      breaker = afterSuccess();
      return answer;
    } catch (cause) {
      breaker = afterFailure(breaker, nowMs());
      throw new Fault('UNAVAILABLE', {}, { cause });
    }
  };
}
