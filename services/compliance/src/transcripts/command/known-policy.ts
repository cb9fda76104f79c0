import type { Policy } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';

/** The policies that are in force, as this copy knows them. */
export type Policies = Readonly<{ get: (tenantId: string) => Policy | undefined }>;

/** Throws Fault UNAVAILABLE while no policy of the tenant has come here. */
export function knownPolicy(policies: Policies, tenantId: string): Policy {
  const policy = policies.get(tenantId);
  if (policy === undefined) throw new Fault('UNAVAILABLE', {}, { cause: new Error('no policy is known of a tenant') });
  return policy;
}
