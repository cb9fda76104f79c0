import type { Cells, Found } from './cells.ts';

const page = 100;

/** Every document under a tag in the order of their keys, read in pages. A document may be changed or removed once it was handed out. */
export async function* everyTagged<T>(cells: Pick<Cells<T>, 'tagged'>, tag: string): AsyncIterable<Found<T>> {
  for (let after: string | undefined; ; ) {
    const part = await cells.tagged(tag, page, after);
    yield* part;
    after = part.at(-1)?.key;
    if (part.length < page) return;
  }
}
