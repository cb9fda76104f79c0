import type { Entry, Head } from '../decide/chain.ts';

/**
 * The append-only audit log. Entries are added and read, never changed.
 *
 * A fact is appended once for each tenant: a second time with the same `factId` changes nothing. Copies that append at once leave one unbroken
 * chain. Any store failure is thrown as Fault UNAVAILABLE; the append may then have taken effect, and repeating it is safe.
 */
export type AuditLog = Readonly<{
  /** Appends what `follow` makes of the newest head. It may run more than once, so it must be pure. */
  append: (tenantId: string, factId: string, follow: (head: Head) => Entry) => Promise<void>;
  /** A tenant's entries in their order, streamed. */
  entries: (tenantId: string) => AsyncIterable<Entry>;
}>;
