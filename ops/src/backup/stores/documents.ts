import { Reason } from '@vox/platform/fault';
import { BSON, type ClientSession, type Collection, type Db, MongoClient, MongoServerError } from 'mongodb';
import type { Part } from '../format/records.ts';

export type StoreReach = Readonly<{ uri: string; ca?: string | undefined }>;

const timeoutMs = 10_000;

/** Opens MongoDB for `work`. What is written is acknowledged by a majority, with journal. */
export async function withStore<R>({ uri, ca }: StoreReach, work: (client: MongoClient) => Promise<R>): Promise<R> {
  const client = new MongoClient(uri, {
    appName: 'backup',
    writeConcern: { w: 'majority', journal: true },
    retryWrites: false,
    ...(ca !== undefined && { tls: true, ca }),
    serverSelectionTimeoutMS: timeoutMs,
    connectTimeoutMS: timeoutMs,
  });
  try {
    return await work(await client.connect());
  } finally {
    await client.close();
  }
}

/**
 * A session in which every read is of one moment, over all databases; `undefined` when the server has no such thing,
 * as one without a replica set. A server may also take the wish and not grant it: only a moment that it names counts.
 */
export async function oneMoment(client: MongoClient, database: string): Promise<ClientSession | undefined> {
  const session = client.startSession({ snapshot: true });
  try {
    await client
      .db(database)
      .collection('any')
      .findOne({}, { session, projection: { _id: 1 } });
  } catch (error) {
    await session.endSession();
    if (isAboutSnapshots(error)) return undefined;
    throw error;
  }
  if ((session as { snapshotTime?: unknown }).snapshotTime !== undefined) return session;
  await session.endSession();
  return undefined;
}

/** InvalidOptions, NotAReplicaSet and others: the server or the driver knows no snapshots here. */
const isAboutSnapshots = (error: unknown): boolean =>
  (error instanceof MongoServerError && [2, 72, 123, 246].includes(Number(error.code))) ||
  (error instanceof Error && error.name === 'MongoCompatibilityError');

/** SnapshotTooOld, and SnapshotUnavailable. */
const tooOld: readonly unknown[] = [239, 246];

/** The names of a database's collections, in their order. */
export async function collectionsOf(db: Db): Promise<readonly string[]> {
  const found = await db.listCollections({}, { nameOnly: true }).toArray();
  return found
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.'))
    .sort();
}

/** What a collection is, beside its documents: the indexes that were made for it. */
export async function collectionPart(db: Db, name: string): Promise<Part> {
  const indexes = await db.collection(name).indexes();
  const made = indexes.filter((each) => each.name !== '_id_');
  return { part: 'collection', database: db.databaseName, name, indexes: made as never };
}

/** The documents of a collection, as the bytes that the server keeps. */
export async function* documentsOf(collection: Collection, session?: ClientSession): AsyncGenerator<Uint8Array> {
  const read = session === undefined ? { readConcern: { level: 'majority' } as const } : { session };
  const cursor = collection.find({}, { raw: true, batchSize: 500, ...read });
  try {
    for await (const bytes of cursor as unknown as AsyncIterable<Uint8Array>) yield bytes;
  } catch (error) {
    if (!(error instanceof MongoServerError && tooOld.includes(error.code))) throw error;
    throw new Reason(
      'MongoDB keeps the past for too short a time for this backup: raise minSnapshotHistoryWindowInSeconds on its members',
    );
  } finally {
    await cursor.close();
  }
}

const batchMax = 500;
const batchBytesMax = 8 * 1024 * 1024;
/** Numbers keep their kind: what was stored as a long stays one. */
const asStored = { promoteValues: false, promoteBuffers: false } as const;

/** Makes a collection with its indexes and puts the documents in. */
export async function putDocuments(
  db: Db,
  { name, indexes }: Extract<Part, { part: 'collection' }>,
  documents: AsyncIterable<Uint8Array>,
): Promise<void> {
  const collection = await db.createCollection(name);
  for (const { key, v: _version, ns: _place, ...options } of indexes)
    await collection.createIndex(key as never, options);
  let [batch, bytes] = [[] as BSON.Document[], 0];
  const put = async (): Promise<void> => {
    if (batch.length > 0) await collection.insertMany(batch, { ordered: false });
    [batch, bytes] = [[], 0];
  };
  for await (const each of documents) {
    batch.push(BSON.deserialize(each, asStored));
    bytes += each.length;
    if (batch.length >= batchMax || bytes >= batchBytesMax) await put();
  }
  await put();
}
