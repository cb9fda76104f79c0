import type { Log } from '@vox/platform/telemetry';
import { type ClientSecret, type Provider, ProviderFailure, type SecretWanted } from '../publish/provider.ts';

export type AskSecretDependencies = Readonly<{ provider: Pick<Provider, 'clientSecret'>; log: Log }>;

/** A client secret, or `undefined` when the provider gives none: its own words go to the log alone. */
export async function askSecret(
  { provider, log }: AskSecretDependencies,
  wanted: SecretWanted,
): Promise<ClientSecret | undefined> {
  try {
    return await provider.clientSecret(wanted);
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    log.warn({ dependency: 'provider', error }, 'the provider gave no client secret');
    return undefined;
  }
}
