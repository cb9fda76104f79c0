import { Fault } from './fault.ts';

/** The fault for a tenant that does not exist. It names the tenant, so that a mistyped name is seen at once. */
export const noTenant = (tenantId: string): Fault =>
  new Fault('NOT_FOUND', { issues: [{ path: 'tenantId', message: `there is no tenant ${tenantId}` }] });
