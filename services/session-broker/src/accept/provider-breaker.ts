import type { Clock } from '@vox/shared/time';
import { afterFailure, afterSuccess, type Breaker, closedBreaker, mayAsk } from '../decide/breaker.ts';
import { type Provider, ProviderFailure } from '../publish/provider.ts';

/** A provider behind a breaker: after failures in a row nobody waits for it for a while. */
export function guarded(provider: Provider, clock: Clock): Provider {
  let breaker: Breaker = closedBreaker;
  return {
    ...provider,
    async clientSecret(wanted) {
      if (!mayAsk(breaker, clock.now().getTime())) throw new ProviderFailure(new Error('the breaker is open'));
      try {
        const secret = await provider.clientSecret(wanted);
        breaker = afterSuccess();
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
