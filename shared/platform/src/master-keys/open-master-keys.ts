import type { z } from 'zod';
import { addressesOf } from '../config/mod.ts';
import type { Clock } from '../time/mod.ts';
import { askKms } from './ask-kms.ts';
import { awsKms } from './aws-kms.ts';
import { givenKeys } from './given-keys.ts';
import { guardKms } from './guard-kms.ts';
import type { MasterKeyHolder } from './holder.ts';
import { keepOpen } from './keep-open.ts';
import { masterKeysOf } from './keeping.ts';
import type { MasterKeyKeeping } from './master-keys.ts';
import { awsCredentialsOf, type Fresh } from './open-credentials.ts';
import type { masterKeySettings } from './settings.ts';
import { vaultTransit } from './vault-transit.ts';

type Settings = Readonly<z.infer<z.ZodObject<typeof masterKeySettings>>>;

/** What a lifecycle gives: settings that are read again, and a watch over what the service depends on. */
export type MasterKeyLifecycle = Readonly<{
  fresh: Fresh;
  dependsOn: (
    dependency: Readonly<{ name: string; tried: string; needed: boolean; ask: () => Promise<unknown> }>,
  ) => void;
}>;

const keysMax = 10_000;
/** A question about a key costs money in some clouds, and an age changes slowly. */
const lookEveryMs = 60_000;

/**
 * The master keys that the settings name: those of every holder whose settings are there, the newest those of
 * MASTER_KEY_PROVIDER. It asks nobody yet. A holder outside of this process is watched under the name `kms`; a service
 * whose keys are unwrapped already goes on without it, so it is not needed to be ready.
 */
export function openMasterKeys(settings: Settings, lifecycle: MasterKeyLifecycle, clock: Clock): MasterKeyKeeping {
  const keepFor = { lifeMs: settings.MASTER_KEY_CACHE_SECONDS * 1_000, keysMax, clock };
  const outside = [ofAws(settings, lifecycle, clock), ofVault(settings, lifecycle, clock)].flatMap((each) =>
    each === undefined ? [] : [keepOpen(each, keepFor)],
  );
  const { VOX_MASTER_KEY: given, MASTER_KEY_PROVIDER: chosen } = settings;
  const holders = [...(given === undefined ? [] : [givenKeys(lifecycle.fresh('VOX_MASTER_KEY', given))]), ...outside];
  const newest = holders.find(({ provider }) => provider === chosen);
  if (newest === undefined) throw new RangeError(`there are no settings for master keys of the provider ${chosen}`);
  const others = holders.filter((each) => each !== newest);
  const keys = masterKeysOf(newest, others);
  if (newest.provider !== 'given') {
    const tried = chosen === 'aws-kms' ? (settings.AWS_KMS_URL ?? '') : (settings.VAULT_URL ?? '');
    lifecycle.dependsOn({ name: 'kms', tried: addressesOf(tried), needed: false, ask: seldom(keys.newest, clock) });
  }
  return keys;
}

/** Asks at most once in a while as long as it is answered, and at each call as long as it is not. */
function seldom(ask: () => Promise<unknown>, clock: Clock): () => Promise<unknown> {
  let askAgainAtMs = 0;
  return async () => {
    const nowMs = clock.now().getTime();
    if (nowMs < askAgainAtMs) return;
    await ask();
    askAgainAtMs = nowMs + lookEveryMs;
  };
}

function ofAws(settings: Settings, { fresh }: MasterKeyLifecycle, clock: Clock): MasterKeyHolder | undefined {
  const { AWS_KMS_KEYS: keys, AWS_KMS_URL: url } = settings;
  const [first, ...older] = keys ?? [];
  const credentials = first === undefined ? undefined : awsCredentialsOf(settings, first, fresh, clock);
  if (first === undefined || credentials === undefined) return undefined;
  const title = 'AWS KMS';
  return awsKms({
    ...{ keys: [first, ...older], url, clock, credentials },
    ask: askKms({ title, timeoutMs: settings.MASTER_KEY_TIMEOUT_MS }),
    guard: guardKms(title, clock),
  });
}

function ofVault(settings: Settings, { fresh }: MasterKeyLifecycle, clock: Clock): MasterKeyHolder | undefined {
  const { VAULT_URL: url, VAULT_TOKEN: token, VAULT_TRANSIT_KEY: key, VAULT_TRANSIT_MOUNT: mount } = settings;
  if (url === undefined || token === undefined || key === undefined) return undefined;
  const title = 'Vault';
  return vaultTransit({
    ...{ url, mount, key, namespace: settings.VAULT_NAMESPACE },
    token: fresh('VAULT_TOKEN', token),
    ask: askKms({ title, timeoutMs: settings.MASTER_KEY_TIMEOUT_MS, ca: settings.VAULT_CA }),
    guard: guardKms(title, clock),
  });
}
