import type { AuditFilter, AuditLine, AuditPageClaims, SignedPlace } from '@vox/contracts';
import type { Digest, Entry } from './chain.ts';

/** Whether a filter lets an entry through. */
export const passes = ({ from, to, actor, action }: AuditFilter, entry: Entry): boolean =>
  (from === undefined || Date.parse(entry.time) >= Date.parse(from)) &&
  (to === undefined || Date.parse(entry.time) < Date.parse(to)) &&
  (actor === undefined || entry.actor === actor) &&
  (action === undefined ||
    entry.action === action ||
    (action.endsWith('.*') && entry.action.startsWith(action.slice(0, -1))));

export const isFiltered = (filter: AuditFilter): boolean => Object.values(filter).some((value) => value !== undefined);

/** What a page has to say of itself: the digest covers the hashes of its entries in their order. */
export const digestOf = (hashes: readonly string[], digest: Digest): string => digest(...hashes);

export type AuditPage = Readonly<{ says: AuditPageClaims; lines: readonly AuditLine[] }>;

/** A page of an export out of the entries and checkpoints of one part of a chain. */
export function pageOf(
  part: Readonly<{ tenantId: string; filter: AuditFilter; after: number; upto: number; last: boolean }>,
  entries: readonly Entry[],
  checkpoints: readonly SignedPlace[],
  digest: Digest,
): AuditPage {
  const { last, ...covered } = part;
  const kept = entries.filter((entry) => passes(part.filter, entry));
  // Of an excerpt no entry can be held against a checkpoint: the page's own signature speaks for it.
  const signed = isFiltered(part.filter) ? [] : checkpoints;
  const lines: AuditLine[] = [
    ...kept.map((entry) => ({ kind: 'entry' as const, ...entry })),
    ...signed.map((place) => ({ kind: 'checkpoint' as const, ...place })),
  ].sort((a, b) => a.sequence - b.sequence);
  const hashes = kept.map(({ hash }) => hash);
  return { lines, says: { ...covered, entries: kept.length, digest: digestOf(hashes, digest), last } };
}
