import { nothing } from './amount.ts';
import { type Caps, capsOf } from './budget.ts';
import type { Admitted } from './record.ts';
import type { Needs } from '../dependencies.ts';

/** Without a policy nothing more is free than what was held. */
export function capsFor(needs: Needs, record: Admitted): Caps {
  const limits = needs.policies.get(record.tenantId)?.limits[record.identity.kind];
  return limits === undefined ? { day: nothing, month: nothing } : capsOf(limits);
}
