import type { RewrapSecrets } from '@vox/contracts';
import type { MasterKeyKeeping } from '@vox/platform/master-keys';
import { rowsOf } from '@vox/platform/store';
import type { z } from 'zod';
import type { DataKey, KeptSecret, SecretBook, Version } from '../decide/book.ts';
import type { SecretBooks } from '../keep/books.ts';
import { type DataKeys, dataKeyContext, type OpenKey, openValue, sealValue } from '../keep/data-keys.ts';

export type RewrapSecretsDependencies = Readonly<{
  secretBooks: Pick<SecretBooks, 'all' | 'update'>;
  dataKeys: Pick<DataKeys, 'fresh'>;
  masterKeys: MasterKeyKeeping;
}>;

type Rewrapped = 'rewrapped' | 'left';

/**
 * Puts the keys of every tenant's secrets under the newest master key, or gives each tenant a new key. Each tenant is
 * one write: whoever reads finds each value under a key that stands beside it. Killed on the way, it is asked again.
 */
export async function rewrapSecrets(
  dependencies: RewrapSecretsDependencies,
  { newDataKeys }: Pick<z.infer<(typeof RewrapSecrets)['request']>, 'newDataKeys'>,
): Promise<z.input<(typeof RewrapSecrets)['reply']>> {
  const count = { rewrapped: 0, left: 0 };
  await dependencies.masterKeys.newest();
  for await (const { key: tenantId } of rowsOf(dependencies.secretBooks))
    count[await rewrapTenant(dependencies, tenantId, newDataKeys)] += 1;
  return count;
}

const rewrapTenant = (
  dependencies: RewrapSecretsDependencies,
  tenantId: string,
  newDataKeys: boolean,
): Promise<Rewrapped> =>
  dependencies.secretBooks.update<Rewrapped>(tenantId, async (book) => {
    if (book === undefined) return { result: 'rewrapped' };
    const state = await (newDataKeys ? resealed(dependencies, book) : rewrapped(dependencies, book));
    if (state === undefined) return { result: 'left' };
    return state === book ? { result: 'rewrapped' } : { result: 'rewrapped', state };
  });

/** The book with its keys under the newest master key, or `undefined` when one of them does not open. */
async function rewrapped({ masterKeys }: RewrapSecretsDependencies, book: SecretBook): Promise<SecretBook | undefined> {
  if (book.dataKeys.every(({ wrapped }) => masterKeys.isNewest(wrapped))) return book;
  const dataKeys: DataKey[] = [];
  for (const key of book.dataKeys) {
    const context = dataKeyContext(book.tenantId, key.id);
    const bytes = await masterKeys.open(key.wrapped, context);
    if (bytes === undefined) return undefined;
    dataKeys.push({ ...key, wrapped: await masterKeys.wrap(bytes, context) });
  }
  return { ...book, dataKeys };
}

/** The book with every value under a new key and no other, or `undefined` when a key of it does not open. */
async function resealed(
  { masterKeys, dataKeys }: RewrapSecretsDependencies,
  book: SecretBook,
): Promise<SecretBook | undefined> {
  const { tenantId } = book;
  if (book.dataKeys.length === 0) return book;
  const open = new Map<string, OpenKey>();
  for (const key of book.dataKeys) {
    const bytes = await masterKeys.open(key.wrapped, dataKeyContext(tenantId, key.id));
    if (bytes === undefined) return undefined;
    open.set(key.id, { key, bytes });
  }
  const next = await dataKeys.fresh(tenantId);
  const moved = (name: string, version: Version): Version => {
    const under = open.get(version.sealed.keyId);
    if (under === undefined) throw new RangeError('a secret stands under a key that is gone');
    return { ...version, sealed: sealValue(next, tenantId, name, openValue(under, tenantId, name, version.sealed)) };
  };
  const secrets = book.secrets.map(
    (each): KeptSecret => ({ ...each, versions: each.versions.map((version) => moved(each.name, version)) }),
  );
  return { ...book, dataKeys: [next.key], secrets };
}
