export { ofCall } from './accept/of-call.ts';
export type { CallOfTenant } from './decide/call-of-tenant.ts';
