import { type ForgetNoncesDependencies, forgetNonces } from '../command/forget-nonces.ts';
import type { KeyUses } from '../command/key-uses.ts';
import { type PublishEntriesDependencies, publishEntries } from '../command/publish-entries.ts';
import type { ApiKeyRings } from '../keep/api-key-rings.ts';

export type OnApiKeysDueDependencies = PublishEntriesDependencies &
  ForgetNoncesDependencies &
  Readonly<{ apiKeyRings: Pick<ApiKeyRings, 'due' | 'update'>; keyUses: Pick<KeyUses, 'flush'> }>;

const page = 200;

/** Publishes graces that are over and what a crash left, writes when keys were used, and forgets old nonces. */
export async function onApiKeysDue(dependencies: OnApiKeysDueDependencies): Promise<void> {
  for (const { state } of await dependencies.apiKeyRings.due(dependencies.clock.now().getTime(), page))
    await publishEntries(dependencies, state);
  await dependencies.keyUses.flush();
  await forgetNonces(dependencies);
}
