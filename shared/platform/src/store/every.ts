import type { DocumentStore, StoredDocument } from './documents.ts';

const page = 100;

/**
 * Every document under a tag in the order of their keys, read in pages. A document may be changed or removed once it
 * was handed out.
 */
export async function* everyTagged<T>(
  documents: Pick<DocumentStore<T>, 'tagged'>,
  tag: string,
): AsyncIterable<StoredDocument<T>> {
  for (let after: string | undefined; ; ) {
    const part = await documents.tagged(tag, page, after);
    yield* part;
    after = part.at(-1)?.key;
    if (part.length < page) return;
  }
}
