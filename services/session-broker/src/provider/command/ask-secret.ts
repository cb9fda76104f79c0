import type { Log } from '@vox/platform/telemetry';
import { dependencyOf } from '../decide/names.ts';
import { type ClientSecret, ProviderFailure, type Providers, type SecretWanted } from '../publish/provider.ts';

export type AskSecretDependencies = Readonly<{ providers: Providers; log: Log }>;

/** A client secret, or `undefined` when the provider gives none: its own words go to the log alone. */
export async function askSecret(
  { providers, log }: AskSecretDependencies,
  provider: string,
  wanted: SecretWanted,
): Promise<ClientSecret | undefined> {
  try {
    return await providers.of(provider).clientSecret(wanted);
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    log.warn({ dependency: dependencyOf(provider), error }, 'the provider gave no client secret');
    return undefined;
  }
}
