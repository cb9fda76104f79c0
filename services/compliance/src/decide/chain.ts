/** Makes a digest of parts in order; parts that are cut elsewhere give another digest. */
export type Digest = (...parts: readonly string[]) => string;

/** What an audit entry records: one fact, as it was heard. */
export type Recorded = Readonly<{
  factId: string;
  type: string;
  source: string;
  subject: string;
  time: string;
  traceparent: string | null;
  /** The fact's data as JSON text, so that it is kept to the byte. */
  data: string;
}>;

/** One link of a tenant's chain. `hash` covers the entry and the hash of the one before it. */
export type Entry = Recorded & Readonly<{ tenantId: string; sequence: number; previous: string; hash: string }>;

/** Where a chain ends: its last entry's place and hash. */
export type Head = Readonly<{ sequence: number; hash: string }>;

export const emptyChain: Head = { sequence: 0, hash: '' };

const hashOf = (entry: Omit<Entry, 'hash'>, digest: Digest): string =>
  digest(
    entry.tenantId,
    String(entry.sequence),
    entry.previous,
    entry.factId,
    entry.type,
    entry.source,
    entry.subject,
    entry.time,
    entry.traceparent ?? '',
    entry.data,
  );

/** The entry that follows a head. */
export function link(tenantId: string, head: Head, recorded: Recorded, digest: Digest): Entry {
  const entry = { ...recorded, tenantId, sequence: head.sequence + 1, previous: head.hash };
  return { ...entry, hash: hashOf(entry, digest) };
}

export type Break = Readonly<{ sequence: number; cause: 'missing' | 'changed' | 'unlinked' }>;

/**
 * What is wrong with the entry that was found after `head`: its place was skipped (an entry is missing or was moved), its content differs
 * from its hash, or it follows another entry than the one before it. `undefined` when it is sound.
 */
export function breakAt(head: Head, entry: Entry, digest: Digest): Break | undefined {
  const sequence = head.sequence + 1;
  if (entry.sequence !== sequence) return { sequence, cause: 'missing' };
  if (entry.hash !== hashOf(entry, digest)) return { sequence, cause: 'changed' };
  return entry.previous === head.hash ? undefined : { sequence, cause: 'unlinked' };
}
