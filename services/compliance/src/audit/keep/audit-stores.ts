import type { AuditLog } from './audit-log.ts';
import type { CheckpointPlaces } from './checkpoint-places.ts';
import type { SecurityEvents } from './security-events.ts';

/** The audit log, and what stands beside it. */
export type AuditStores = Readonly<{
  auditLog: AuditLog;
  checkpointPlaces: CheckpointPlaces;
  securityEvents: SecurityEvents;
}>;
