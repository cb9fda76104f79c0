// A service whose writes are counted preloads this (node --import). On SIGUSR2 it writes how many documents it has
// written, by collection, into its own file in the folder BENCH_COUNTS.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Collection } from 'mongodb';

const documents: Record<string, number> = {};

/** Documents that a write command names: one, but for those of many. */
const namedIn = (method: string, [first]: readonly unknown[]): number =>
  method === 'bulkWrite' && Array.isArray(first) ? first.length : 1;

// The driver's `insertMany` is a `bulkWrite`, and would be counted twice.
for (const method of ['insertOne', 'replaceOne', 'deleteOne', 'bulkWrite', 'deleteMany'] as const) {
  const original = Collection.prototype[method] as (...args: unknown[]) => unknown;
  (Collection.prototype as unknown as Record<string, unknown>)[method] = function (
    this: Collection,
    ...args: unknown[]
  ) {
    documents[this.collectionName] = (documents[this.collectionName] ?? 0) + namedIn(method, args);
    return original.apply(this, args);
  };
}

let counted = 0;
process.on('SIGUSR2', () => {
  counted += 1;
  const file = join(process.env.BENCH_COUNTS ?? '', `${process.pid}.${counted}`);
  writeFileSync(`${file}.part`, JSON.stringify(documents));
  renameSync(`${file}.part`, file);
});
