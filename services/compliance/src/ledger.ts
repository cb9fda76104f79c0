import { factKinds, typeOf } from '@vox/contracts';
import type { MongoStore } from '@vox/platform/store';
import { leavesEntry } from './audit/decide/act.ts';
import type { AuditLog } from './audit/keep/audit-log.ts';
import { mongoAuditLog } from './mongo.ts';

/** A fact as a stream holds it. */
export type StreamedFact = Readonly<{ id: string; type: string; atMs: number }>;

/**
 * What the reconciliation reads of this service: which facts of a tenant have no entry in its audit log, and should
 * have one.
 */
export type ComplianceLedger = Readonly<{
  unrecorded: <F extends StreamedFact>(tenantId: string, facts: readonly F[]) => Promise<readonly F[]>;
}>;

const withoutEntry = new Set(factKinds.filter((kind) => !leavesEntry(kind)).map(typeOf));
/** Entries stand in the order in which facts were consumed, which is nearly the order in which they were published. */
const nearlyMs = 3_600_000;

export const complianceLedger = async (store: MongoStore): Promise<ComplianceLedger> =>
  ledgerOf(await mongoAuditLog(store));

export const ledgerOf = (log: Pick<AuditLog, 'recorded' | 'anchor' | 'entries'>): ComplianceLedger => ({
  async unrecorded(tenantId, facts) {
    const recorded = await log.recorded(
      tenantId,
      facts.map(({ id }) => id),
    );
    const missing = facts.filter(({ id, type }) => !recorded.has(id) && !withoutEntry.has(type));
    if (missing.length === 0 || (await log.anchor(tenantId)) === undefined) return missing;
    // The front of this chain has outlived its retention.
    const begins = (await firstMs(log, tenantId)) ?? Number.POSITIVE_INFINITY;
    return missing.filter(({ atMs }) => atMs > begins + nearlyMs);
  },
});

async function firstMs({ entries }: Pick<AuditLog, 'entries'>, tenantId: string): Promise<number | undefined> {
  for await (const { time } of entries(tenantId)) return Date.parse(time);
  return undefined;
}
