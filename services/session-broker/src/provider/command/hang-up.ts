import type { Log } from '@vox/platform/telemetry';
import type { HangUpOutcome, Provider } from '../publish/provider.ts';

export type HangUpDependencies = Readonly<{ provider: Pick<Provider, 'hangUp'>; log: Log }>;

/**
 * Hangs a call up. Answers what the provider knew of it, or `undefined` when it gave no answer: that is logged and not
 * thrown.
 */
export const hangUp = ({ provider, log }: HangUpDependencies, callId: string): Promise<HangUpOutcome | undefined> =>
  provider.hangUp(callId).catch((error: unknown) => {
    log.warn({ dependency: 'provider', error }, 'the provider did not hang up');
    return undefined;
  });
