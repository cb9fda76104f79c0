import type { StoredDocument } from '@vox/platform/store';
import { byDue, type Due, isBehind, placeOf } from './decide.ts';

type Wanted<T> = Readonly<{
  due: (state: T) => Due;
  isWanted: (state: T) => boolean;
  after: string | undefined;
  limit: number;
}>;

/** So many are held in memory beyond a page before those that stand too far behind are dropped. */
const spare = 200;

/**
 * One page in the order of deadlines, and where the next begins. Everything is read; what is held is one page and a
 * little.
 */
export async function firstDue<T>(
  documents: AsyncIterable<StoredDocument<T>>,
  { due, isWanted, after, limit }: Wanted<T>,
): Promise<Readonly<{ page: readonly T[]; next: string | null }>> {
  const inOrder = (a: T, b: T): number => byDue(due(a), due(b));
  let found: T[] = [];
  for await (const { state } of documents) {
    if (isBehind(due(state), after) && isWanted(state)) found.push(state);
    if (found.length > limit + spare) found = found.toSorted(inOrder).slice(0, limit + 1);
  }
  const page = found.toSorted(inOrder).slice(0, limit);
  const last = page.at(-1);
  return { page, next: found.length > limit && last !== undefined ? placeOf(due(last)) : null };
}
