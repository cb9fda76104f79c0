import { type CommandStartedEvent, type Db, MongoClient } from 'mongodb';

export type MongoOptions = Readonly<{
  uri: string;
  database: string;
  appName: string;
  timeoutMs?: number;
  ca?: string | undefined;
  /** Hears each command that goes to a server. It holds documents: for a test, and for no log. */
  onCommand?: (command: CommandStartedEvent) => void;
}>;
export type MongoStore = Readonly<{ db: Db; healthy: () => Promise<boolean>; close: () => Promise<void> }>;

/**
 * What every service asks of MongoDB, whatever its URI says. A write is acknowledged once it stands in the journals of
 * a majority of the replica set, and only what a majority has is read, from the primary: so nothing that was said to be
 * written, or that was read, is undone by a failover. A write or a read that meets a failover is tried once more, and
 * the server does the same write once only (mongodb.com/docs/manual/core/retryable-writes).
 */
export const concerns = {
  writeConcern: { w: 'majority', journal: true },
  readConcern: { level: 'majority' },
  readPreference: 'primary',
  retryWrites: true,
  retryReads: true,
} as const;

/**
 * One database of one service. Each try of a command waits at most `timeoutMs` (default 2,000). With `ca`, certificates
 * in PEM, the server must show a certificate of that authority.
 */
export async function connectMongo({
  uri,
  database,
  appName,
  timeoutMs = 2_000,
  ca,
  onCommand,
}: MongoOptions): Promise<MongoStore> {
  const client = new MongoClient(uri, {
    appName,
    ...concerns,
    ignoreUndefined: true,
    monitorCommands: onCommand !== undefined,
    ...(ca !== undefined && { tls: true, ca }),
    serverSelectionTimeoutMS: timeoutMs,
    connectTimeoutMS: timeoutMs,
    socketTimeoutMS: timeoutMs,
    waitQueueTimeoutMS: timeoutMs,
  });
  if (onCommand !== undefined) client.on('commandStarted', onCommand);
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
