import { Reason } from '@vox/platform/fault';
import { breakerOpen, type Log } from '@vox/platform/telemetry';
import { afterFailure, afterSuccess, type Breaker, type Clock, closedBreaker, mayAsk } from '@vox/platform/time';
import { dependencyOf } from '../decide/names.ts';
import { type Provider, ProviderFailure } from '../publish/provider.ts';

/** A provider behind a breaker of its own: after failures in a row nobody waits for it to begin a call for a while. */
export function guardProvider(provider: Provider, clock: Clock, log: Log): Provider {
  const { id } = provider.profile;
  let breaker: Breaker = closedBreaker;
  breakerOpen.watch({ provider: id }, () => (mayAsk(breaker, clock.now().getTime()) ? 0 : 1));
  const guarded =
    <W, A>(begin: (wanted: W) => Promise<A>) =>
    async (wanted: W): Promise<A> => {
      if (!mayAsk(breaker, clock.now().getTime()))
        throw new ProviderFailure(new Reason('it failed too often and is left alone for a while'));
      try {
        const begun = await begin(wanted);
        breaker = afterSuccess();
        log.answered(dependencyOf(id));
        return begun;
      } catch (error) {
        // One visitor's bad offer must not shut out all others.
        if (!(error instanceof ProviderFailure && error.isOfRequest))
          breaker = afterFailure(
            breaker,
            clock.now().getTime(),
            error instanceof ProviderFailure ? error.retryAfterMs : 0,
          );
        throw error;
      }
    };
  return { ...provider, clientSecret: guarded(provider.clientSecret), makeCall: guarded(provider.makeCall) };
}
