import type { AuditEntry } from '@vox/shared/contracts';
import type { Act } from './act.ts';

/** Makes a digest of parts in order; parts that are cut elsewhere give another digest. */
export type Digest = (...parts: readonly string[]) => string;

/** What an audit entry records: one fact or act, as it was heard. */
export type Recorded = Act &
  Readonly<Pick<AuditEntry, 'factId' | 'type' | 'source' | 'subject' | 'time' | 'traceId' | 'data'>>;

/** One link of a tenant's chain. `hash` covers the entry and the hash of the one before it. */
export type Entry = Readonly<AuditEntry>;

/** Where a chain ends: its last entry's place and hash. */
export type Head = Readonly<{ sequence: number; hash: string }>;

export const emptyChain: Head = { sequence: 0, hash: '' };

/** An array as JSON: what is `null` differs from what is empty, and no two entries have one text. */
const hashOf = (entry: Omit<Entry, 'hash'>, digest: Digest): string =>
  digest(
    JSON.stringify([
      entry.tenantId,
      entry.sequence,
      entry.previous,
      entry.factId,
      entry.type,
      entry.source,
      entry.subject,
      entry.time,
      entry.actor,
      entry.action,
      entry.target,
      entry.reason,
      entry.outcome,
      entry.requestId,
      entry.traceId,
      entry.data,
    ]),
  );

/** The entry that follows a head. */
export function link(tenantId: string, head: Head, recorded: Recorded, digest: Digest): Entry {
  const entry = { tenantId, sequence: head.sequence + 1, previous: head.hash, ...recorded };
  return { ...entry, hash: hashOf(entry, digest) };
}

export type Break = Readonly<{ sequence: number; cause: 'missing' | 'repeated' | 'changed' | 'unlinked' }>;

/**
 * What is wrong with the entry that was found after `head`: it stood before already, its place was skipped (an entry is missing or was moved),
 * its content differs from its hash, or it follows another entry than the one before it. `undefined` when it is sound.
 */
export function breakAt(head: Head, entry: Entry, digest: Digest): Break | undefined {
  const sequence = head.sequence + 1;
  if (entry.sequence !== sequence) return { sequence, cause: entry.sequence < sequence ? 'repeated' : 'missing' };
  if (entry.hash !== hashOf(entry, digest)) return { sequence, cause: 'changed' };
  return entry.previous === head.hash ? undefined : { sequence, cause: 'unlinked' };
}
