import type { Denial } from '@vox/contracts';
import { type SealKeys, seal } from '@vox/platform/crypto';
import type { Log } from '@vox/platform/telemetry';
import { askSecret, type Providers, type SettingsWanted } from '../../provider/mod.ts';
import type { BegunBy } from '../decide/grant.ts';

export type LendSecretDependencies = Readonly<{
  providers: Providers;
  sealKey: SealKeys;
  log: Log;
}>;

/** A client secret for a direct call, in the open and as it is stored; or why there is none. */
export type LentSecret = Readonly<{ secret: string; begun: BegunBy }> | Readonly<{ denial: Denial }>;

/** Asks the provider for a client secret with which a browser begins its call. */
export async function lendSecret(
  dependencies: LendSecretDependencies,
  sessionId: string,
  { provider, settings, timeoutMs }: Readonly<{ provider: string; settings: SettingsWanted; timeoutMs: number }>,
): Promise<LentSecret> {
  const secret = await askSecret(dependencies, provider, { ...settings, timeoutMs });
  if (secret === undefined) return { denial: { reason: 'provider' } };
  const sealedSecret = seal(dependencies.sealKey, sessionId, secret.value);
  return { secret: secret.value, begun: { mode: 'direct', sealedSecret, secretExpiresAtMs: secret.expiresAtMs } };
}
