import { metrics } from '@opentelemetry/api';
import type { RetentionClass } from '@vox/shared/contracts';

let seen: ReadonlyMap<RetentionClass, number> = new Map();

metrics
  .getMeter('vox.compliance')
  .createObservableGauge('vox.retention.oldest_overdue', {
    description: 'For how long the oldest item that no hold keeps has been kept beyond its promise, by class',
    unit: 's',
  })
  .addCallback((result) => {
    for (const [kind, overdueMs] of seen) result.observe(overdueMs / 1_000, { class: kind });
  });

/** Shows what the last sweep left overdue, in milliseconds by class. */
export function noteOverdue(overdueMs: ReadonlyMap<RetentionClass, number>): void {
  seen = new Map(overdueMs);
}
