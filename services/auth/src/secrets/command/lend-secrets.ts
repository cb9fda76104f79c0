import { type LendSecrets, lentContext } from '@vox/contracts';
import { sealTo } from '@vox/platform/crypto';
import { Fault, invalidField } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import type { z } from 'zod';
import type { NotedUses } from '../../key-ages/mod.ts';
import { emptyBook, type Sealed, type SecretBook } from '../decide/book.ts';
import { decideLending } from '../decide/lend.ts';
import type { SecretBooks } from '../keep/books.ts';
import { type DataKeys, openValue } from '../keep/data-keys.ts';

export type LendSecretsDependencies = Readonly<{
  secretBooks: Pick<SecretBooks, 'read'>;
  dataKeys: Pick<DataKeys, 'open'>;
  secretUses: Pick<NotedUses, 'note'>;
  clock: Clock;
}>;

/** Lends the values of secrets for one call to one host, sealed so that the asker alone reads them. */
export async function lendSecrets(
  dependencies: LendSecretsDependencies,
  { tenantId, names, host, publicKey }: z.infer<(typeof LendSecrets)['request']>,
): Promise<z.input<(typeof LendSecrets)['reply']>> {
  const { secretBooks, secretUses, clock } = dependencies;
  const nowMs = clock.now().getTime();
  const book = (await secretBooks.read(tenantId)) ?? emptyBook(tenantId);
  const decision = decideLending(book, { names, host }, nowMs);
  if (decision.kind === 'refused') return decision;
  const values: Record<string, string> = {};
  for (const { name, sealed } of decision.sealed) values[name] = await opened(dependencies, book, name, sealed);
  const box = sealTo(publicKey, lentContext({ tenantId, names, host }), JSON.stringify(values));
  if (box === undefined) throw invalidField('publicKey', 'must be a public key of X25519');
  for (const name of names) secretUses.note(tenantId, name, nowMs);
  const { changesAtMs } = decision;
  return { kind: 'lent', box, ...(changesAtMs !== undefined && { changesAt: new Date(changesAtMs).toISOString() }) };
}

async function opened(
  { dataKeys }: Pick<LendSecretsDependencies, 'dataKeys'>,
  { tenantId, dataKeys: keys }: SecretBook,
  name: string,
  sealed: Sealed,
): Promise<string> {
  const key = keys.find(({ id }) => id === sealed.keyId);
  if (key === undefined)
    throw new Fault('INTERNAL', {}, { cause: new Error('a secret stands under a key that is gone') });
  return openValue(await dataKeys.open(tenantId, key), tenantId, name, sealed).reveal();
}
