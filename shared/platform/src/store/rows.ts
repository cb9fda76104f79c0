import type { DocumentStore, StoredDocument } from './documents.ts';

/** Keys after one and before another. Without them: from the first on, to the last. */
export type KeyRange = Readonly<{ after?: string | undefined; before?: string | undefined }>;

const page = 500;

/** Every document of a range in the order of their keys, a page at a time in memory. */
export async function* rowsOf<T>(
  documents: Pick<DocumentStore<T>, 'all'>,
  { after, before }: KeyRange = {},
): AsyncGenerator<StoredDocument<T>> {
  for (let last = after; ; ) {
    const found = await documents.all(page, last);
    for (const row of found) {
      if (before !== undefined && row.key >= before) return;
      yield row;
    }
    last = found.at(-1)?.key;
    if (found.length < page) return;
  }
}
