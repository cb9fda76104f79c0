import type { Entry } from '../decide/chain.ts';
import type { AuditLog } from './audit-log.ts';

/**
 * Entries that one question looks at: few enough to be answered before its asker gives up or a service that stops waits
 * too long.
 */
export const partMax = 5_000;

/**
 * The entries of a chain from a place on. A range of places is asked for first, which a store finds by its index
 * however long the chain is; then whatever else there is, for more may stand behind a hole that is longer than a part.
 */
export async function* entriesAfter(
  { entries }: Pick<AuditLog, 'entries'>,
  tenantId: string,
  after: number,
): AsyncIterable<Entry> {
  const upto = after + partMax;
  yield* entries(tenantId, { after, upto });
  yield* entries(tenantId, { after: upto });
}
