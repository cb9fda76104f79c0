import type { Clock } from '@vox/platform/time';
import { type NotedUses, notedUses } from '../../key-ages/mod.ts';
import { withUses } from '../decide/book.ts';
import type { SecretBooks } from '../keep/books.ts';

/** When secrets were lent last. */
export const secretUses = ({
  secretBooks,
  clock,
}: Readonly<{ secretBooks: Pick<SecretBooks, 'update'>; clock: Clock }>): NotedUses =>
  notedUses({
    clock,
    write: (tenantId, usedAtMs) =>
      secretBooks.update(tenantId, (book) => {
        const state = book && withUses(book, usedAtMs);
        return state === undefined ? { result: undefined } : { result: undefined, state };
      }),
  });
