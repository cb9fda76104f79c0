import { RetentionClass } from '@vox/contracts';
import { oldestOverdue } from '@vox/platform/telemetry';

let seen: ReadonlyMap<RetentionClass, number> = new Map();

for (const kind of RetentionClass.options)
  oldestOverdue.watch({ class: kind }, () => {
    const overdueMs = seen.get(kind);
    return overdueMs === undefined ? undefined : overdueMs / 1_000;
  });

/** Shows what the last sweep left overdue, in milliseconds by class. */
export function noteOverdue(overdueMs: ReadonlyMap<RetentionClass, number>): void {
  seen = new Map(overdueMs);
}
