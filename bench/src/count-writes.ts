import { Collection } from 'mongodb';

/** Counts the single-document writes of this process from here on, whoever makes them. */
export function countWrites(): () => number {
  let writes = 0;
  for (const method of ['insertOne', 'replaceOne', 'deleteOne'] as const) {
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
