import { Reason } from '@vox/platform/fault';
import { breakerOpen, type Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import { afterFailure, afterSuccess, type Breaker, closedBreaker, mayAsk } from '../decide/breaker.ts';
import { type Provider, ProviderFailure } from '../publish/provider.ts';

/** A provider behind a breaker: after failures in a row nobody waits for it for a while. */
export function guardProvider(provider: Provider, clock: Clock, log: Log): Provider {
  let breaker: Breaker = closedBreaker;
  breakerOpen.watch({}, () => (mayAsk(breaker, clock.now().getTime()) ? 0 : 1));
  return {
    ...provider,
    async clientSecret(wanted) {
      if (!mayAsk(breaker, clock.now().getTime()))
        throw new ProviderFailure(new Reason('it failed too often and is left alone for a while'));
      try {
        const secret = await provider.clientSecret(wanted);
        breaker = afterSuccess();
        log.answered('provider');
        return secret;
      } catch (error) {
        breaker = afterFailure(
          breaker,
          clock.now().getTime(),
          error instanceof ProviderFailure ? error.retryAfterMs : 0,
        );
        throw error;
      }
    },
  };
}
