import { mistakeSaid } from '@vox/contracts';
import { Fault } from './fault.ts';
import { issueAt } from './invalid-field.ts';

/** The fault for a tenant that does not exist. It names the tenant, so that a mistyped name is seen at once. */
export const noTenant = (tenantId: string): Fault =>
  new Fault('NOT_FOUND', { issues: [issueAt('tenantId', mistakeSaid('no-tenant', { tenant: tenantId }))] });
