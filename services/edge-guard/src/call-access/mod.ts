export { ofCall } from './accept/of-call.ts';
export { sessionToken } from './accept/session-token.ts';
export type { CallOfTenant } from './decide/call-of-tenant.ts';
