import { randomBytes, randomUUID } from 'node:crypto';
import { type BackupKind, backupIdentity } from '@vox/contracts';
import type { NatsReach } from '@vox/platform/bus';
import { Reason } from '@vox/platform/fault';
import { version } from '@vox/platform/lifecycle';
import type { ClientSession, MongoClient } from 'mongodb';
import { type Contents, contentsOf, type DatabaseNames } from './contents.ts';
import { formatWritten, type Header, keyIdOf } from './format/header.ts';
import { type Manifest, recordWriter } from './format/records.ts';
import { sealedWriter, type Write } from './format/sealed.ts';
import {
  collectionPart,
  collectionsOf,
  documentsOf,
  oneMoment,
  type StoreReach,
  withStore,
} from './stores/documents.ts';
import { busyConsumers, type StreamLink, withStreams } from './streams/link.ts';
import { snapshotOf } from './streams/snapshot.ts';
import { tailOf } from './streams/tail.ts';

/** Where an installation is reached: its streams, its stores, and what its databases are called. */
export type Installation = Readonly<{ nats: NatsReach; store: StoreReach; databases: DatabaseNames }>;

export type Taking = Installation &
  Readonly<{
    key: Uint8Array;
    /**
     * Reads collections one after another where MongoDB gives no moment for all of them and services run. Their
     * documents may then contradict each other.
     */
    allowSeveralMoments: boolean;
    now: () => Date;
    /** Hears of each part, in words. */
    progress: (text: string) => void;
  }>;

export type Taken = Readonly<{ header: Header; manifest: Manifest }>;
type Records = ReturnType<typeof recordWriter>;

/**
 * Takes a backup while the services run. Streams are saved first, with what their consumers have confirmed; then the
 * stores, as they were at one moment; then what was published up to that moment, and the buckets. So the effect of
 * every confirmed fact is in the stores, and the stores know of every fact. What was not confirmed yet is delivered
 * again after the restore, and changes nothing where its effect is known by its id. Throws Reason in words for an
 * operator.
 */
export function takeBackup(kind: BackupKind, taking: Taking, write: Write): Promise<Taken> {
  const contents = contentsOf(kind, taking.databases);
  return withStreams(backupIdentity, taking.nats, (link) =>
    withStore(taking.store, async (client) => {
      const probe = await oneMoment(client, contents.databases[0] ?? '');
      await probe?.endSession();
      if (probe === undefined) await refuseSeveralMoments(link, taking);
      return taken({ kind, contents, link, client }, taking, write);
    }),
  );
}

async function refuseSeveralMoments(link: StreamLink, { allowSeveralMoments }: Taking): Promise<void> {
  if (allowSeveralMoments || (await busyConsumers(link)).length === 0) return;
  throw new Reason(
    'this MongoDB has no snapshots (they need a replica set), so its collections would be of several moments while services run: stop the services first, or take it all the same with --several-moments',
  );
}

type Open = Readonly<{
  kind: BackupKind;
  contents: Contents;
  link: StreamLink;
  client: MongoClient;
}>;

async function taken(open: Open, taking: Taking, write: Write): Promise<Taken> {
  const { kind, contents, link } = open;
  const header: Header = {
    ...{ format: formatWritten, kind, backupId: randomUUID(), takenAt: taking.now().toISOString(), version },
    ...{ keyId: keyIdOf(taking.key), salt: randomBytes(32).toString('base64url') },
  };
  const sealed = await sealedWriter(taking.key, header, write);
  const records = recordWriter(sealed.write);
  let messages = 0;
  const saves = new Map<string, number>();
  for (const stream of contents.streams) {
    const state = await saved(link, stream, records, taking);
    messages += state.messages;
    saves.set(stream, state.last_seq);
  }
  // Before the moment of the stores: a fact that they know nothing of would be decided a second time.
  const tails = await Promise.all([...saves].map(async ([name, end]) => [name, end, await endOf(link, name)] as const));
  const { documents, isOneMoment } = await savedAtOneMoment(open, records, taking);
  for (const [name, from, to] of tails)
    messages += (await records.part({ part: 'tail', name }, tailOf(link, name, from + 1, to))).records;
  // After it: what was revoked is in one of them, and auth shows its policies again when it starts.
  for (const bucket of contents.buckets) messages += (await saved(link, bucket, records, taking)).messages;
  const finishedAt = taking.now().toISOString();
  const manifest = await records.manifest({ messages, documents, isOneMoment, finishedAt });
  await sealed.end();
  return { header, manifest };
}

const endOf = async ({ manager }: StreamLink, stream: string): Promise<number> =>
  (await manager.streams.info(stream)).state.last_seq;

/** Without a session the services are stopped, or somebody allowed that they are not. */
async function savedAtOneMoment(open: Open, records: Records, taking: Taking) {
  const session = await oneMoment(open.client, open.contents.databases[0] ?? '');
  try {
    const documents = await savedStores(open, session, records, taking);
    return { documents, isOneMoment: session !== undefined || !taking.allowSeveralMoments };
  } finally {
    await session?.endSession();
  }
}

type StreamState = Readonly<{ messages: number; last_seq: number }>;

async function saved(link: StreamLink, stream: string, records: Records, { progress }: Taking): Promise<StreamState> {
  const { config, state, parts } = await snapshotOf(link, stream);
  await records.part({ part: 'stream', name: stream, config, state }, parts);
  const { messages, last_seq } = state as StreamState;
  progress(`${stream}: ${messages} messages`);
  return { messages, last_seq };
}

async function savedStores(
  { contents, client }: Open,
  session: ClientSession | undefined,
  records: Records,
  { progress }: Taking,
): Promise<number> {
  let documents = 0;
  for (const database of contents.databases) {
    const db = client.db(database);
    let own = 0;
    for (const name of await collectionsOf(db)) {
      const tally = await records.part(await collectionPart(db, name), documentsOf(db.collection(name), session));
      own += tally.records;
    }
    progress(`${database}: ${own} documents`);
    documents += own;
  }
  return documents;
}
