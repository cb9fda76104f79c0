import type { RetentionClass } from '@vox/contracts';
import type { Log } from '@vox/platform/telemetry';
import { noteOverdue } from '../publish/overdue.ts';
import { type ExpiredData, type ExpiringStores, expiredData, type SweptClass } from './expired-data.ts';
import { type SweepAudit, sweepAudit } from './sweep-audit.ts';
import { type SweepClass, sweepClass } from './sweep-class.ts';

export type SweepRetention = SweepClass &
  SweepAudit &
  ExpiringStores &
  Readonly<{ tenants: () => Iterable<string>; log: Log }>;

/**
 * Removes what every tenant has kept as long as it promised. Several copies may do it at once, each at another class of
 * another tenant. Whoever is killed on the way is followed by one that goes on where it was.
 */
export async function sweepRetention(dependencies: SweepRetention): Promise<void> {
  const classes = Object.entries(expiredData(dependencies)) as [SweptClass, ExpiredData][];
  const oldest = new Map<RetentionClass, number>();
  for (const tenantId of dependencies.tenants()) {
    // One class of one tenant that cannot be swept now must not keep the others waiting.
    const failed = (kind: RetentionClass) => (error: unknown) => {
      dependencies.log.warn({ error, tenant: tenantId, class: kind }, 'a sweep failed and will be tried again');
      return 0;
    };
    for (const [kind, data] of classes) {
      const leftMs = await sweepClass(dependencies, { tenantId, kind, data }).catch(failed(kind));
      oldest.set(kind, Math.max(oldest.get(kind) ?? 0, leftMs));
    }
    await sweepAudit(dependencies, tenantId).catch(failed('audit'));
  }
  noteOverdue(oldest);
}
