import { sealKeysOf } from '@vox/platform/crypto';
import { resealSigningSecrets } from './api-keys/command/reseal-signing-secrets.ts';
import type { AuthDependencies } from './dependencies.ts';
import { resealAddresses } from './members/mod.ts';
import { resealFactors } from './second-factors/mod.ts';
import { resealSigningKeys } from './signing-keys/command/reseal-signing-keys.ts';
import { resealClientSecrets } from './single-sign-on/mod.ts';
import { resealWebhookSecrets } from './webhooks/mod.ts';

type ResealDependencies = Pick<
  AuthDependencies,
  'rosters' | 'keyRings' | 'apiKeyRings' | 'secondFactors' | 'endpoints' | 'connections' | 'sealKey'
>;

/** Puts all that lasts under the newest seal key. Mails, codes and sign-ins that are under way end within a day. */
export async function resealAll(dependencies: ResealDependencies): Promise<number> {
  const works = [
    ...[resealSigningKeys, resealAddresses, resealFactors, resealSigningSecrets, resealWebhookSecrets],
    resealClientSecrets,
  ];
  let documents = 0;
  for (const work of works) documents += await work(dependencies);
  return documents;
}

/**
 * While there are several seal keys, does it once in the life of this copy. The copy that starts last with a new key
 * finds what the others still sealed under the old one.
 */
export function resealOnce({ log, ...dependencies }: ResealDependencies & Pick<AuthDependencies, 'log'>) {
  let isDone = sealKeysOf(dependencies.sealKey).length === 1;
  return async (): Promise<void> => {
    if (isDone) return;
    const documents = await resealAll(dependencies);
    isDone = true;
    log.info({ documents }, 'what is kept stands under SEAL_KEY');
  };
}
