export { auditedRefusals, type RefusalDependencies } from './accept/refusals.ts';
export { type ChangeTenantDependencies, changeTenant, stampOf } from './command/change-tenant.ts';
export { type ReadTenantDependencies, readTenant } from './command/read-tenant.ts';
export type { TenantDecision } from './decide/change.ts';
export type { Stamp, Tenant } from './decide/tenant.ts';
export { storedStamp } from './keep.ts';
