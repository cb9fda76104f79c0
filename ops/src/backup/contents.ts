import {
  BackupDocument,
  type BackupKind,
  bucketStreamOf,
  DeadLetterStream,
  documentKinds,
  LedgerStream,
  streams,
} from '@vox/contracts';

/** The databases of an installation, by what they are for. */
export type DatabaseNames = Readonly<Record<'auth' | 'quota' | 'broker' | 'compliance' | 'keys', string>>;

/** What a backup of a kind holds. */
export type Contents = Readonly<{
  /** Streams of facts, and dead letters. */
  streams: readonly string[];
  /** Streams below the buckets of documents. */
  buckets: readonly string[];
  databases: readonly string[];
}>;

/** Who was erased. Where a server still has it, it knows more than any backup, and stays. */
export const ledgerStream: string = LedgerStream.name;

/**
 * The keys of persons have a backup of their own, because it must not live long: as long as one is kept, whoever was
 * erased since can be read with it. It holds the ledger too, so that the newest list of the erased comes with it. When
 * backups were taken belongs to the installation, and comes out of none.
 */
export function contentsOf(kind: BackupKind, { auth, quota, broker, compliance, keys }: DatabaseNames): Contents {
  if (kind === 'keys') return { streams: [ledgerStream], buckets: [], databases: [keys] };
  return {
    streams: [...streams, DeadLetterStream].map(({ name }) => name),
    buckets: documentKinds.filter((each) => each !== BackupDocument).map(bucketStreamOf),
    databases: [auth, quota, broker, compliance],
  };
}
