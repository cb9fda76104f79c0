import { Fault } from './fault.ts';

/**
 * The fault of whoever asks about a tenant that there is not. It names the tenant: a name that was mistyped is seen at
 * once.
 */
export const noTenant = (tenantId: string): Fault =>
  new Fault('NOT_FOUND', { issues: [{ path: 'tenantId', message: `there is no tenant ${tenantId}` }] });
