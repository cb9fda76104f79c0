import { type Db, MongoClient } from 'mongodb';

export type MongoOptions = Readonly<{
  uri: string;
  database: string;
  appName: string;
  timeoutMs?: number;
  ca?: string | undefined;
}>;
export type MongoStore = Readonly<{ db: Db; healthy: () => Promise<boolean>; close: () => Promise<void> }>;

/**
 * One database of one service. Writes are acknowledged by a majority, with journal; nothing waits longer than
 * `timeoutMs` (default 2,000). With `ca`, certificates in PEM, the server must show a certificate of that authority.
 */
export async function connectMongo({
  uri,
  database,
  appName,
  timeoutMs = 2_000,
  ca,
}: MongoOptions): Promise<MongoStore> {
  const client = new MongoClient(uri, {
    appName,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    retryWrites: false,
    ignoreUndefined: true,
    ...(ca !== undefined && { tls: true, ca }),
    serverSelectionTimeoutMS: timeoutMs,
    connectTimeoutMS: timeoutMs,
    socketTimeoutMS: timeoutMs,
    waitQueueTimeoutMS: timeoutMs,
  });
  await client.connect();
  const db = client.db(database);
  return {
    db,
    healthy: () =>
      db.command({ ping: 1 }).then(
        () => true,
        () => false,
      ),
    close: () => client.close(),
  };
}
