import type { TenantClass } from '@vox/contracts';
import { decisionCount } from './instruments.ts';

/** Counts a decision. A reason is one of a closed list: never a tenant, a person or a text. */
export const countDecision = (
  service: string,
  decision: 'admitted' | 'granted' | 'denied' | 'ended' | 'refused',
  tenantClass: TenantClass,
  reason = '',
): void => decisionCount.add(1, { service, decision, reason, tenant_class: tenantClass });
