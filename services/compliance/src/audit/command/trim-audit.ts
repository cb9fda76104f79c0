import { AnchorReceipt, digest } from '@vox/platform/crypto';
import type { Receipts } from '../../vault/mod.ts';
import type { Entry } from '../decide/chain.ts';
import type { AuditLog } from '../keep/audit-log.ts';

type FrontDependencies = Readonly<{ auditLog: Pick<AuditLog, 'anchor' | 'entries'> }>;
type TrimDependencies = Readonly<{
  auditLog: Pick<AuditLog, 'anchor' | 'entries' | 'trim'>;
  receipts: Pick<Receipts, 'sign'>;
}>;

/** The front of a chain that is older than a moment: how many entries, and the last of them. */
export type OldFront = Readonly<{ count: number; last: Entry | undefined }>;

/**
 * Looks which entries at the front of a tenant's chain are older than a moment, at most `limit`. It ends at the first
 * that is not: what is removed is always the front, and never leaves a hole.
 */
export async function oldAudit(
  { auditLog }: FrontDependencies,
  tenantId: string,
  before: Date,
  limit: number,
): Promise<OldFront> {
  const after = (await auditLog.anchor(tenantId))?.sequence ?? 0;
  const oldMs = before.getTime();
  let old: OldFront = { count: 0, last: undefined };
  for await (const entry of auditLog.entries(tenantId, { after, upto: after + limit })) {
    if (Date.parse(entry.time) >= oldMs) break;
    old = { count: old.count + 1, last: entry };
  }
  return old;
}

/**
 * Removes the front of a tenant's chain that is older than a moment, at most `limit` entries at once, and leaves a
 * signed anchor from which verify starts. Answers how many entries went. Killed on the way it leaves a sound chain, and
 * the next call finishes.
 */
export async function trimAudit(
  dependencies: TrimDependencies,
  tenantId: string,
  before: Date,
  limit = 10_000,
): Promise<number> {
  const { auditLog, receipts } = dependencies;
  const standing = await auditLog.anchor(tenantId);
  const left = standing === undefined ? 0 : await auditLog.trim(standing);
  const { last } = await oldAudit(dependencies, tenantId, before, limit);
  if (last === undefined) return left;
  const place = { tenantId, sequence: last.sequence, hash: last.hash };
  const id = `audit-anchor:${digest(tenantId, String(last.sequence))}`;
  return left + (await auditLog.trim({ ...place, receipt: await receipts.sign(AnchorReceipt, id, place) }));
}
