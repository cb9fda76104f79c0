import type { Db } from 'mongodb';
import { Reason } from '../fault/mod.ts';
import { isDuplicateKey } from './mongo-rows.ts';

/**
 * Counts the changes of documents after which an older release would misread them. Whoever makes such a change counts
 * it up, and says so in CHANGELOG.md; a field that older releases ignore is none.
 */
export const storeGeneration = 1;

type Mark = { _id: 'schema'; generation: number; version: string };
const marks = (db: Db) => db.collection<Mark>('schema');

/**
 * Writes into a database which generation of documents it holds, and which release was the first to write it. Copies of
 * an older release that run already go on beside this one. Throws a Reason, which says what to do, when a newer
 * generation is there: this release would misread what it finds.
 */
export async function holdGeneration(db: Db, generation: number, version: string): Promise<void> {
  const held = await marks(db).findOne({ _id: 'schema' });
  if (held === null) {
    const mark = { _id: 'schema', generation, version } as const;
    const isMade = await marks(db)
      .insertOne(mark)
      .then(() => true, isDuplicateKey);
    // Another copy was faster, perhaps of another release.
    return isMade ? undefined : holdGeneration(db, generation, version);
  }
  if (held.generation > generation)
    throw new Reason(
      `VOX ${plain(held.version)} has written the database ${db.databaseName} in a way that VOX ${version} would misread: ` +
        'run that release or a later one, or restore the backup from before the upgrade (docs/restore.md)',
    );
  if (held.generation < generation)
    await marks(db).updateOne({ _id: 'schema', generation: { $lt: generation } }, { $set: { generation, version } });
}

/** A log repeats it, so only what looks like a version is taken from the store. */
const plain = (version: unknown): string =>
  /^\d+\.\d+\.\d+[\w.-]{0,20}$/.test(String(version)) ? String(version) : '?';
