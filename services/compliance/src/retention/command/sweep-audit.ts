import { makeFact, RetentionSwept } from '@vox/contracts';
import { derivedUuid } from '@vox/platform/crypto';
import { trimAudit } from '../../audit/mod.ts';
import type { Dependencies } from '../../dependencies.ts';
import { holding } from '../../holds/mod.ts';
import { cutoffMs } from '../decide/retention.ts';

/**
 * Trims the front of a tenant's audit log that is older than promised. Its receipt is the anchor from which the log is verified. A hold on the whole
 * tenant stops it; a hold on a person or a call does not, for the log names neither.
 */
export async function sweepAudit(needs: Dependencies, tenantId: string): Promise<void> {
  const policy = needs.policies.get(tenantId);
  if (policy === undefined || !needs.policies.current()) return;
  if ((await (await holding(needs, tenantId))({})) !== undefined) return;
  const now = needs.clock.now();
  const before = new Date(cutoffMs(policy.retention, 'audit', now.getTime()));
  const removed = await trimAudit(needs, tenantId, before);
  const anchor = removed === 0 ? undefined : await needs.auditLog.anchor(tenantId);
  if (anchor === undefined) return;
  const receiptId = derivedUuid('audit-anchor', tenantId, String(anchor.sequence));
  const head = { id: `swept:${receiptId}`, source: 'compliance', at: now };
  const told = { tenantId, class: 'audit' as const, sequence: anchor.sequence, removed, digest: anchor.hash };
  await needs.bus.publish(
    RetentionSwept,
    makeFact(RetentionSwept, head, { ...told, olderThan: before.toISOString(), receiptId }),
  );
}
