/** The door of the audit log: acts are recorded, and what has grown old is trimmed. */
export { ofTenant } from './accept/known-tenant.ts';
export { type ActDependencies, type RecordDependencies, recordAct, recorded } from './command/record-act.ts';
export { oldAudit, trimAudit } from './command/trim-audit.ts';
export type { Digest } from './decide/chain.ts';
export type { AuditLog } from './keep/audit-log.ts';
export { type SecurityEvent, type SecurityEvents, securityEventTag } from './keep/security-events.ts';
