import { type Collection, MongoBulkWriteError, MongoServerError } from 'mongodb';

export type Row = { _id: string; revision: number; state: unknown; dueAt?: Date; tags?: readonly string[] };

const duplicateKey = 11_000;
/** Documents that are written in one command, and how long those who come meanwhile wait at most. */
export const inOneCommand = { sizeMax: 64, waitMs: 5 };

/** False when a write failed because its unique key is taken; throws what else it failed with. */
export function isDuplicateKey(error: unknown): false {
  if (error instanceof MongoServerError && error.code === duplicateKey) return false;
  throw error;
}

/** Whether a document is new. */
export const inserted = (rows: Collection<Row>, row: Row): Promise<boolean> =>
  rows.insertOne(row).then(() => true, isDuplicateKey);

/** Which of many documents are new, in one command: what one of them meets stops none of the others. */
export async function insertedOf(rows: Collection<Row>, born: readonly Row[]): Promise<boolean[]> {
  const [first] = born;
  if (first !== undefined && born.length === 1) return [await inserted(rows, first)];
  try {
    await rows.insertMany([...born], { ordered: false });
    return born.map(() => true);
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error;
    const failed = [error.writeErrors].flat();
    if (failed.length === 0 || failed.some(({ code }) => code !== duplicateKey)) throw error;
    const taken = new Set(failed.map(({ index }) => index));
    return born.map((_row, index) => !taken.has(index));
  }
}

/**
 * Writes the next revision of many documents in one command, and answers whether each of them stood at the one before:
 * not which did not.
 */
export async function replacedAll(rows: Collection<Row>, changed: readonly Row[]): Promise<boolean> {
  const filterOf = ({ _id, revision }: Row) => ({ _id, revision: revision - 1 });
  const [first] = changed;
  if (first !== undefined && changed.length === 1)
    return (await rows.replaceOne(filterOf(first), first)).matchedCount === 1;
  const all = changed.map((row) => ({ replaceOne: { filter: filterOf(row), replacement: row } }));
  return (await rows.bulkWrite(all, { ordered: false })).matchedCount === changed.length;
}
