import type { Policy } from '@vox/contracts';
import { Fault, Reason } from '@vox/platform/fault';
import type { Policies } from '../../tenant/mod.ts';

/** The policy of a tenant. Throws Fault UNAVAILABLE where none is known. */
export function policyOf(policies: Pick<Policies, 'get'>, tenantId: string): Policy {
  const policy = policies.get(tenantId);
  if (policy === undefined) throw new Fault('UNAVAILABLE', {}, { cause: new Reason('no policy is known of a tenant') });
  return policy;
}

/** Where nothing is kept, nothing leaves this process. */
export const keepsTranscripts = ({ retention }: Policy): boolean => retention.transcripts > 0;
