import { consumers, restoreIdentity } from '@vox/contracts';
import { Reason } from '@vox/platform/fault';
import { version } from '@vox/platform/lifecycle';
import type { MongoClient } from 'mongodb';
import { differencesFrom } from './compare.ts';
import { type Contents, contentsOf, ledgerStream } from './contents.ts';
import { mayRestore } from './format/header.ts';
import { type PartReader, readParts } from './format/records.ts';
import { sealedFile } from './format/sealed.ts';
import { collectionsOf, putDocuments, withStore } from './stores/documents.ts';
import { busyConsumers, ifThere, type StreamLink, withStreams } from './streams/link.ts';
import { putSnapshot } from './streams/snapshot.ts';
import { putTail } from './streams/tail.ts';
import type { Installation, Taken } from './take.ts';
import { verifyBackup } from './verify.ts';

export type Restoring = Installation &
  Readonly<{
    key: Uint8Array;
    /** How many copies of each stream the servers keep. */
    replicas: number;
    /** Throws away what stands there of what the backup holds. */
    replace: boolean;
    progress: (text: string) => void;
  }>;

/** Opens the file anew: it is read once to verify it, before anything is touched, and once to restore it. */
export type OpenFile = () => AsyncIterable<Uint8Array>;

/**
 * Puts a backup under an installation whose services are stopped, and counts and compares what then stands there.
 * Refuses a file that is not whole, one of a newer version, services that run, and, without `replace`, an installation
 * that holds anything. The ledger of the erased stays where there is one: it knows more than the backup. Throws Reason.
 */
export async function restoreBackup(open: OpenFile, restoring: Restoring): Promise<Taken> {
  const { header, manifest } = await verifyBackup(open(), restoring.key);
  if (!mayRestore(header.version, version))
    throw new Reason(
      `the backup is of VOX ${header.version}, and this is ${version}, which cannot read what a newer one keeps: restore it with ${header.version} or a newer version`,
    );
  restoring.progress(`the backup of ${header.takenAt} is whole`);
  const contents = contentsOf(header.kind, restoring.databases);
  return withStreams(restoreIdentity, restoring.nats, (link) =>
    withStore(restoring.store, async (client) => {
      await refuseWhileRunning(link);
      const keepsLedger = (await messagesOf(link, ledgerStream)) > 0;
      const streams = [...contents.streams, ...contents.buckets].filter(
        (name) => !keepsLedger || name !== ledgerStream,
      );
      const target: Target = { link, client, restoring, contents: { ...contents, streams }, keepsLedger };
      await cleared(target);
      if (keepsLedger) await heardAgain(link);
      const { content } = await sealedFile(open(), restoring.key);
      await readParts(content, putting(target));
      const differing = await differencesFrom(manifest, { client, databases: contents.databases });
      if (differing.length > 0) throw new Reason(`what was restored differs from the backup: ${differing.join('; ')}`);
      return { header, manifest };
    }),
  );
}

type Target = Readonly<{
  link: StreamLink;
  client: MongoClient;
  restoring: Restoring;
  contents: Contents;
  keepsLedger: boolean;
}>;

async function refuseWhileRunning(link: StreamLink): Promise<void> {
  const [first] = await busyConsumers(link);
  if (first !== undefined)
    throw new Reason(`services run: the consumer ${first} waits for messages. Stop every service first`);
}

/** The ledger that stays is ahead of the stores. What they do not know must reach them: it is heard from its start. */
async function heardAgain({ manager }: StreamLink): Promise<void> {
  for (const { stream, name } of Object.values(consumers))
    if (stream === ledgerStream) await ifThere(manager.consumers.delete(stream, name));
}

const messagesOf = async ({ manager }: StreamLink, stream: string): Promise<number> =>
  (await ifThere(manager.streams.info(stream)))?.state.messages ?? 0;

/** Refuses what stands there, or throws it away. Streams and collections that hold nothing are in nobody's way. */
async function cleared({ link, client, contents, restoring: { replace, progress } }: Target): Promise<void> {
  const full: string[] = [];
  for (const stream of contents.streams) if ((await messagesOf(link, stream)) > 0) full.push(`stream ${stream}`);
  for (const database of contents.databases)
    for (const name of await collectionsOf(client.db(database)))
      if (
        (await client
          .db(database)
          .collection(name)
          .findOne({}, { projection: { _id: 1 } })) !== null
      )
        full.push(`collection ${database}.${name}`);
  if (full.length > 0 && !replace)
    throw new Reason(
      `the installation is not empty: it holds ${full.slice(0, 3).join(', ')}${full.length > 3 ? ` and ${full.length - 3} more` : ''}. Restore to empty servers, or throw away what stands there with --replace`,
    );
  for (const stream of contents.streams) await ifThere(link.manager.streams.delete(stream));
  for (const database of contents.databases)
    for (const name of await collectionsOf(client.db(database))) await client.db(database).collection(name).drop();
  if (full.length > 0) progress(`threw away ${full.length} streams and collections that stood there`);
}

const putting =
  ({ link, client, contents, keepsLedger, restoring: { replicas, progress } }: Target): PartReader =>
  async (part, records) => {
    if (part.part === 'collection') {
      if (!contents.databases.includes(part.database)) throw notOurs(part.database);
      return putDocuments(client.db(part.database), part, records);
    }
    if (keepsLedger && part.name === ledgerStream) {
      if (part.part === 'stream') progress(`${ledgerStream} stays as it is: it knows more than the backup`);
      return;
    }
    if (!contents.streams.includes(part.name)) throw notOurs(part.name);
    if (part.part === 'tail') {
      const count = await putTail(link, part.name, records);
      if (count > 0) progress(`${part.name}: ${count} messages that were published while the backup was taken`);
      return;
    }
    await putSnapshot(link, part, records, replicas);
    progress(`${part.name}: ${await messagesOf(link, part.name)} messages`);
  };

const notOurs = (name: string): Reason =>
  new Reason(`the backup holds ${name}, which this installation calls by another name: set the names of its databases`);
