import type { RemoveSecret, SetSecretHosts } from '@vox/contracts';
import type { z } from 'zod';
import { removeSecret, setHosts } from '../decide/book.ts';
import { type ChangeBookDependencies, changeBook } from './change-book.ts';
import { viewIn } from './list-secrets.ts';

/** Takes hosts away from a secret, from the next call on. */
export async function setSecretHosts(
  dependencies: ChangeBookDependencies,
  { tenantId, name, hosts, ifVersion, ...by }: z.infer<(typeof SetSecretHosts)['request']>,
): Promise<z.input<(typeof SetSecretHosts)['reply']>> {
  const decide = (known: Parameters<typeof setHosts>[0]) => setHosts(known, { name, ifVersion }, hosts);
  const book = await changeBook(dependencies, tenantId, by, { decide });
  return { secret: viewIn(dependencies, book, name) };
}

/** Removes a secret with all that is kept of its values. */
export async function dropSecret(
  dependencies: ChangeBookDependencies,
  { tenantId, name, ...by }: z.infer<(typeof RemoveSecret)['request']>,
): Promise<z.input<(typeof RemoveSecret)['reply']>> {
  await changeBook(dependencies, tenantId, by, { decide: (known) => removeSecret(known, name) });
  return { removed: true };
}
