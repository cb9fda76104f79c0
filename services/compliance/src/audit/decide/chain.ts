import type { AuditEntry, EntryFields } from '@vox/contracts';
import type { Act } from './act.ts';

/** Makes a digest of parts in their order. The same text in other parts gives another digest. */
export type Digest = (...parts: readonly string[]) => string;

/** What an audit entry records: one fact or act, as it was delivered. */
export type Recorded = Act &
  Readonly<Pick<AuditEntry, 'factId' | 'type' | 'source' | 'subject' | 'time' | 'traceId' | 'data'>>;

/** The trace id of a W3C traceparent. */
export const traceIdOf = (traceparent: string | undefined): string | null => traceparent?.split('-')[1] ?? null;

/** One link of a tenant's chain. `hash` covers the entry and the hash of the one before it. */
export type Entry = Readonly<AuditEntry>;

/** Where a chain ends: its last entry's place and hash. */
export type Head = Readonly<{ sequence: number; hash: string }>;

export const emptyChain: Head = { sequence: 0, hash: '' };

/** Hashes an array as JSON: `null` differs from an empty text, and no two entries have one text. */
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

/** What the next link is held against. */
export type Link = Readonly<Pick<Entry, 'sequence' | 'previous' | 'hash'>>;

/**
 * The link that a line of an export holds, if its own hash proves it: the same text as above, put together out of the
 * line's bytes. Nothing is parsed and nothing written again, which is most of what a long chain costs. `undefined`
 * proves nothing: the line is to be read in full.
 */
export function provenLink(fields: EntryFields, digest: Digest): Link | undefined {
  const [, tenantId, sequence, factId, type, source, subject, time, actor, action, ...more] = fields;
  const [target, reason, outcome, requestId, traceId, data, previous = '', hash] = more;
  const text = `[${tenantId},${sequence},${previous},${factId},${type},${source},${subject},${time},${actor},${action},${target},${reason},${outcome},${requestId},${traceId},${data}]`;
  const proven = digest(text);
  return hash === `"${proven}"`
    ? { sequence: Number(sequence), previous: previous.slice(1, -1), hash: proven }
    : undefined;
}

/** The entry that follows a head. */
export function link(tenantId: string, head: Head, recorded: Recorded, digest: Digest): Entry {
  const entry = { tenantId, sequence: head.sequence + 1, previous: head.hash, ...recorded };
  return { ...entry, hash: hashOf(entry, digest) };
}

export type Break = Readonly<{ sequence: number; cause: 'missing' | 'repeated' | 'changed' | 'unlinked' }>;

/**
 * What is wrong with the entry that was found after `head`: it stood before already, its place was skipped (an entry is
 * missing or was moved), its content differs from its hash, or it follows another entry than the one before it.
 * `undefined` when it is sound.
 */
export function breakAt(head: Head, entry: Entry, digest: Digest): Break | undefined {
  const misplaced = misplacedAt(head, entry);
  if (misplaced !== undefined) return misplaced;
  if (entry.hash !== hashOf(entry, digest)) return { sequence: entry.sequence, cause: 'changed' };
  return unlinkedAt(head, entry);
}

/** The same for one that its own hash has proven already. */
export const breakAtLink = (head: Head, link: Link): Break | undefined =>
  misplacedAt(head, link) ?? unlinkedAt(head, link);

function misplacedAt(head: Head, found: Link): Break | undefined {
  const sequence = head.sequence + 1;
  if (found.sequence === sequence) return undefined;
  return { sequence, cause: found.sequence < sequence ? 'repeated' : 'missing' };
}
const unlinkedAt = (head: Head, { sequence, previous }: Link): Break | undefined =>
  previous === head.hash ? undefined : { sequence, cause: 'unlinked' };
