import type { TenantClass } from '@vox/contracts';
import { decisionCount } from './call-instruments.ts';
import { showDecisionOnSpan } from './spans.ts';

/** Counts a decision and writes it on the active span. A reason is one of a closed list: never a person or a text. */
export function countDecision(
  service: string,
  decision: 'admitted' | 'granted' | 'denied' | 'ended' | 'refused',
  tenantClass: TenantClass,
  reason = '',
): void {
  decisionCount.add(1, { service, decision, reason, tenant_class: tenantClass });
  showDecisionOnSpan(decision, reason);
}
