import type { Clock } from '@vox/platform/time';
import type { NotedUses } from '../../key-ages/mod.ts';
import { forgetFormer } from '../command/forget-former.ts';
import { type PublishBookDependencies, publishBook } from '../command/publish-book.ts';
import type { SecretBooks } from '../keep/books.ts';

export type OnSecretsDueDependencies = PublishBookDependencies &
  Readonly<{
    secretBooks: Pick<SecretBooks, 'due' | 'update'>;
    secretUses: Pick<NotedUses, 'flush'>;
    clock: Clock;
  }>;

const page = 200;

/** Publishes what a crash left, forgets values that were replaced, and writes when secrets were lent. */
export async function onSecretsDue(dependencies: OnSecretsDueDependencies): Promise<void> {
  for (const { state } of await dependencies.secretBooks.due(dependencies.clock.now().getTime(), page)) {
    await publishBook(dependencies, state);
    await forgetFormer(dependencies, state.tenantId);
  }
  await dependencies.secretUses.flush();
}
