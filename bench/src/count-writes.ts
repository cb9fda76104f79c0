import { Collection } from 'mongodb';

const singles = ['insertOne', 'replaceOne', 'deleteOne'] as const;
/** A command for many documents counts as one write too. */
export const allWrites = [...singles, 'insertMany', 'deleteMany'] as const;

/** Counts all writes of this process from here on; by default only those of single documents. */
export function countWrites(methods: readonly (typeof allWrites)[number][] = singles): () => number {
  let writes = 0;
  for (const method of methods) {
    const original = Collection.prototype[method] as (...args: unknown[]) => unknown;
    (Collection.prototype as unknown as Record<string, unknown>)[method] = function (
      this: unknown,
      ...args: unknown[]
    ) {
      writes += 1;
      return original.apply(this, args);
    };
  }
  return () => writes;
}
