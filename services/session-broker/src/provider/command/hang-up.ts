import type { Log } from '@vox/platform/telemetry';
import { dependencyOf } from '../decide/names.ts';
import type { CallAt, HangUpOutcome, Providers } from '../publish/provider.ts';

export type HangUpDependencies = Readonly<{ providers: Providers; log: Log }>;

/**
 * Ends a call at its provider. Answers what that knew of it, or `undefined` when it gave no answer: that is logged and
 * not thrown.
 */
export const hangUp = (
  { providers, log }: HangUpDependencies,
  { provider, callId }: CallAt,
): Promise<HangUpOutcome | undefined> =>
  providers
    .of(provider)
    .hangUp(callId)
    .catch((error: unknown) => {
      log.warn({ dependency: dependencyOf(provider), error }, 'the provider did not hang up');
      return undefined;
    });
