import type { SignedPlace } from '@vox/contracts';
import type { Entry, Head } from '../decide/chain.ts';

/** Places in a chain: those past `after`, up to and with `upto`. */
export type Range = Readonly<{ after?: number; upto?: number }>;

/** Facts by their ids, and by how their ids begin. */
export type NamedFacts = Readonly<{ factIds: readonly string[]; beginnings: readonly string[] }>;
export const namedMax = 10_000;

/**
 * The append-only audit log. Entries are added and read, never changed; only the front of a chain is ever removed,
 * behind an anchor.
 *
 * A fact is appended once for each tenant: a second time with the same `factId` changes nothing, while its entry
 * stands. Copies that append at once leave one unbroken chain, also while its front is being removed. Any store failure
 * is thrown as Fault UNAVAILABLE; what was asked may then have taken effect in part, and repeating it is safe.
 */
export type AuditLog = Readonly<{
  /** Appends what `follow` makes of the newest head. It may run more than once, so it must be pure. */
  append: (tenantId: string, factId: string, follow: (head: Head) => Entry) => Promise<void>;
  /** Which of these facts are entries of a tenant's log. */
  recorded: (tenantId: string, factIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /**
   * The entries of facts with these ids, and of those whose ids begin so: at most 10,000, in the order of their places.
   */
  named: (tenantId: string, wanted: NamedFacts) => Promise<readonly Entry[]>;
  /** A tenant's entries in their order, streamed. Entries that a trim has not removed yet are among them. */
  entries: (tenantId: string, range?: Range) => AsyncIterable<Entry>;
  /** Where a chain ends; for one that was trimmed whole, its anchor. */
  head: (tenantId: string) => Promise<Head>;
  /** Keeps a checkpoint. One is kept for each place: answers false when there is one. */
  checkpoint: (checkpoint: SignedPlace) => Promise<boolean>;
  /** A tenant's checkpoints in the order of their places, streamed. */
  checkpoints: (tenantId: string, range?: Range) => AsyncIterable<SignedPlace>;
  /** After which place a chain begins; `undefined` when nothing was removed. */
  anchor: (tenantId: string) => Promise<SignedPlace | undefined>;
  /**
   * Puts the anchor first, then removes the entries and checkpoints up to its place, in bounded batches. The newest
   * entry stays until another follows it. An anchor never moves back: an older one only finishes what a newer left
   * undone. Answers how many entries were removed.
   */
  trim: (anchor: SignedPlace) => Promise<number>;
}>;
