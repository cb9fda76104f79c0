import type { Bus } from '@vox/platform/bus';
import type { SecretBook } from '../decide/book.ts';
import type { SecretBooks } from '../keep/books.ts';
import { publishBookEntry } from '../publish.ts';

export type PublishBookDependencies = Readonly<{
  secretBooks: Pick<SecretBooks, 'update'>;
  bus: Pick<Bus, 'publish'>;
}>;

/** Publishes what a tenant's outbox holds, and clears it. After a crash in between, the sweep publishes it again. */
export async function publishBook(
  { secretBooks, bus }: PublishBookDependencies,
  { tenantId, untold }: Pick<SecretBook, 'tenantId' | 'untold'>,
): Promise<void> {
  if (untold.length === 0) return;
  for (const entry of untold) await publishBookEntry(bus, tenantId, entry);
  const told = new Set(untold.map(({ id }) => id));
  await secretBooks.update(tenantId, (known) =>
    known === undefined
      ? { result: undefined }
      : { result: undefined, state: { ...known, untold: known.untold.filter(({ id }) => !told.has(id)) } },
  );
}
