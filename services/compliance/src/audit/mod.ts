export { recorded } from './command/record-act.ts';
export { oldAudit, trimAudit } from './command/trim-audit.ts';
export type { AuditLog } from './keep/audit-log.ts';
export { type SecurityEvent, type SecurityEvents, securityEventTag } from './keep/security-events.ts';
