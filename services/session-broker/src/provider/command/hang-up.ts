import type { Log } from '@vox/platform/telemetry';
import type { Provider } from '../publish/provider.ts';

export type HangUpDependencies = Readonly<{ provider: Pick<Provider, 'hangUp'>; log: Log }>;

/** Hangs a call up. The call may be over already, or the provider down, so a failure is logged and not thrown. */
export const hangUp = ({ provider, log }: HangUpDependencies, callId: string): Promise<void> =>
  provider
    .hangUp(callId)
    .catch((error: unknown) => log.warn({ dependency: 'provider', error }, 'the provider did not hang up'));
