import type { Policy } from '@vox/contracts';
import type { Bus, Replica } from '@vox/platform/bus';
import { derivedUuid } from '@vox/platform/crypto';
import type { Clock } from '@vox/platform/time';
import { type AuditLog, trimAudit } from '../../audit/mod.ts';
import { type HoldDependencies, holding } from '../../holds/mod.ts';
import { cutoffMs } from '../decide/retention.ts';
import { publishSwept } from '../publish/facts.ts';

export type SweepAudit = HoldDependencies &
  Parameters<typeof trimAudit>[0] &
  Readonly<{
    bus: Pick<Bus, 'publish'>;
    policies: Pick<Replica<Policy>, 'get' | 'current'>;
    auditLog: Pick<AuditLog, 'anchor'>;
    clock: Clock;
  }>;

/**
 * Trims the front of a tenant's audit log that is older than promised. Its receipt is the anchor from which the log is
 * verified. A hold on the whole tenant stops it; a hold on a person or a call does not, for the log names neither.
 */
export async function sweepAudit(dependencies: SweepAudit, tenantId: string): Promise<void> {
  const { bus, policies, auditLog, clock } = dependencies;
  const policy = policies.get(tenantId);
  if (policy === undefined || !policies.current()) return;
  const isHeld = await holding(dependencies, tenantId);
  if ((await isHeld({})) !== undefined) return;
  const now = clock.now();
  const before = new Date(cutoffMs(policy.retention, 'audit', now.getTime()));
  const removed = await trimAudit(dependencies, tenantId, before);
  const anchor = removed === 0 ? undefined : await auditLog.anchor(tenantId);
  if (anchor === undefined) return;
  const swept = { tenantId, class: 'audit' as const, sequence: anchor.sequence, removed, digest: anchor.hash };
  const receiptId = derivedUuid('audit-anchor', tenantId, String(anchor.sequence));
  await publishSwept(bus, { ...swept, olderThan: before.toISOString() }, receiptId, now);
}
