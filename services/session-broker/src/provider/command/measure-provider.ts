import { type ProviderOperation, providerDuration, sidebandsOpen } from '@vox/platform/telemetry';
import { type Provider, ProviderFailure } from '../publish/provider.ts';

const unknownCall = 404;

/** It is well and will not do this: a bad offer, or a call that it does not know. */
const isRefusal = (error: unknown): boolean =>
  error instanceof ProviderFailure && (error.isOfRequest || error.status === unknownCall);

/** A provider whose answers are timed and counted, and whose open sidebands are shown. */
export function measureProvider(provider: Provider): Provider {
  const { id } = provider.profile;
  let open = 0;
  sidebandsOpen.watch({ provider: id }, () => open);
  async function timed<T>(operation: ProviderOperation, ask: () => Promise<T>): Promise<T> {
    const startedMs = performance.now();
    const show = (outcome: string): void =>
      providerDuration.record((performance.now() - startedMs) / 1_000, { provider: id, operation, outcome });
    try {
      const answer = await ask();
      show('ok');
      return answer;
    } catch (error) {
      show(isRefusal(error) ? 'refused' : 'failed');
      throw error;
    }
  }
  return {
    ...provider,
    clientSecret: (wanted) => timed('client-secret', () => provider.clientSecret(wanted)),
    makeCall: (wanted) => timed('make-call', () => provider.makeCall(wanted)),
    hangUp: (callId) => timed('hang-up', () => provider.hangUp(callId)),
    async openSideband(callId, listener, timeoutMs) {
      // It may close before whoever opened it hears that it is open.
      const closing = {
        ...listener,
        onClosed(): void {
          open -= 1;
          listener.onClosed();
        },
      };
      open += 1;
      try {
        return await timed('sideband', () => provider.openSideband(callId, closing, timeoutMs));
      } catch (error) {
        open -= 1;
        throw error;
      }
    },
  };
}
