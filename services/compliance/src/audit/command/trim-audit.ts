import { AnchorReceipt, digest } from '@vox/platform/crypto';
import type { Needs } from '../../dependencies.ts';
import type { Entry } from '../decide/chain.ts';

type TrimNeeds = Pick<Needs, 'auditLog' | 'receipts'>;

/** The front of a chain that is older than a moment: how many entries, and the last of them. */
export type Old = Readonly<{ count: number; last: Entry | undefined }>;

/**
 * Looks which entries at the front of a tenant's chain are older than a moment, at most `limit`. It ends at the first that is not: what is
 * removed is always the front, and never a hole.
 */
export async function oldAudit(
  { auditLog }: Pick<Needs, 'auditLog'>,
  tenantId: string,
  before: Date,
  limit: number,
): Promise<Old> {
  const after = (await auditLog.anchor(tenantId))?.sequence ?? 0;
  const oldMs = before.getTime();
  let old: Old = { count: 0, last: undefined };
  for await (const entry of auditLog.entries(tenantId, { after, upto: after + limit })) {
    if (Date.parse(entry.time) >= oldMs) break;
    old = { count: old.count + 1, last: entry };
  }
  return old;
}

/**
 * Removes the front of a tenant's chain that is older than a moment, at most `limit` entries at once, and leaves a signed anchor from which verify
 * starts. Answers how many entries went. Killed on the way it leaves a sound chain, and the next call finishes.
 */
export async function trimAudit(needs: TrimNeeds, tenantId: string, before: Date, limit = 10_000): Promise<number> {
  const { auditLog, receipts } = needs;
  const standing = await auditLog.anchor(tenantId);
  const left = standing === undefined ? 0 : await auditLog.trim(standing);
  const { last } = await oldAudit(needs, tenantId, before, limit);
  if (last === undefined) return left;
  const place = { tenantId, sequence: last.sequence, hash: last.hash };
  const id = `audit-anchor:${digest(tenantId, String(last.sequence))}`;
  return left + (await auditLog.trim({ ...place, receipt: await receipts.sign(AnchorReceipt, id, place) }));
}
