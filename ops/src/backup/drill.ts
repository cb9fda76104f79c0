import { backupIdentity, restoreIdentity } from '@vox/contracts';
import { contentsOf } from './contents.ts';
import { noteBackup } from './records.ts';
import { type OpenFile, type Restoring, restoreBackup } from './restore.ts';
import { collectionsOf, withStore } from './stores/documents.ts';
import { ifThere, withStreams } from './streams/link.ts';
import type { Installation, Taken } from './take.ts';

export type Drilling = Readonly<{
  /** Servers of no installation, and empty. */
  scratch: Restoring;
  /** Where it is noted that the drill was held. */
  nats: Installation['nats'];
  now: () => Date;
}>;

/**
 * Restores a backup to empty servers of no installation, compares every document there with it, throws all of it away
 * again, and notes in the installation that it was done. Throws Reason when anything differs.
 */
export async function drillBackup(open: OpenFile, { scratch, nats, now }: Drilling): Promise<Taken> {
  const done = await restoreBackup(open, { ...scratch, replace: false });
  await thrownAway(done, scratch);
  await withStreams(backupIdentity, nats, (link) => noteBackup(link, 'drilled', done, now()));
  return done;
}

/** The servers of a trial hold what people said. Nothing of it stays there. */
async function thrownAway({ header }: Taken, { nats, store, databases: names }: Restoring): Promise<void> {
  const { streams, buckets, databases } = contentsOf(header.kind, names);
  await withStreams(restoreIdentity, nats, async ({ manager }) => {
    for (const stream of [...streams, ...buckets]) await ifThere(manager.streams.delete(stream));
  });
  await withStore(store, async (client) => {
    for (const database of databases)
      for (const name of await collectionsOf(client.db(database))) await client.db(database).collection(name).drop();
  });
}
