import type { SessionClaims } from '@vox/platform/crypto';
import { isWithdrawn, type WithdrawalDependencies } from '../../consent/mod.ts';
import type { Policies } from '../../tenant/mod.ts';

export type CaptionDependencies = WithdrawalDependencies & Readonly<{ policies: Pick<Policies, 'get'> }>;

/**
 * Whether the page of a call is shown what is said just now: the tenant shows it, and the visitor has not taken the
 * consent to a transcript back. A copy that may have missed a withdrawal shows nothing.
 */
export function mayReadCaptions(dependencies: CaptionDependencies, { tenantId, identity }: SessionClaims): boolean {
  if (!dependencies.policies.get(tenantId)?.captions) return false;
  if (identity.kind !== 'widget') return true;
  try {
    return !isWithdrawn(dependencies, tenantId, identity.visitorId, 'transcripts');
  } catch {
    return false;
  }
}
