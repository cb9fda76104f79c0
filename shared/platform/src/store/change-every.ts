import type { DocumentStore } from './documents.ts';

const page = 100;

/**
 * Changes every document for which `change` answers a new state, each in a write of its own, and answers how many. What
 * is stored meanwhile behind the place that was reached is changed too.
 */
export async function changeEvery<T>(
  documents: Pick<DocumentStore<T>, 'all' | 'update'>,
  change: (state: T) => T | undefined,
): Promise<number> {
  let changed = 0;
  for (let after: string | undefined; ; ) {
    const part = await documents.all(page, after);
    for (const { key, state } of part) {
      if (change(state) === undefined) continue;
      changed += await documents.update<number>(key, (now) => {
        const next = now && change(now);
        return next === undefined ? { result: 0 } : { result: 1, state: next };
      });
    }
    after = part.at(-1)?.key;
    if (part.length < page) return changed;
  }
}

/** A list of which some entries are others, or `undefined` when `change` answers one for none of them. */
export function withChanged<T>(list: readonly T[], change: (entry: T) => T | undefined): readonly T[] | undefined {
  const next = list.map(change);
  return next.every((entry) => entry === undefined) ? undefined : list.map((entry, at) => next[at] ?? entry);
}
