import type { ShowChecklist } from '@vox/contracts';
import type { z } from 'zod';
import { doorChecks } from '../decide/door-checks.ts';
import { peopleChecks } from '../decide/people-checks.ts';
import type { CheckedTenant } from '../decide/state.ts';

type Reply = z.input<(typeof ShowChecklist)['reply']>;

export type ShowChecklistDependencies = Readonly<{
  /** All of a tenant that is looked at. Throws Fault NOT_FOUND where there is no such tenant. */
  checkedTenant: (tenantId: string) => Promise<CheckedTenant>;
}>;

/** The production checklist of a tenant, from what is kept of it now. */
export async function showChecklist({ checkedTenant }: ShowChecklistDependencies, tenantId: string): Promise<Reply> {
  const tenant = await checkedTenant(tenantId);
  const rows = [...doorChecks, ...peopleChecks].map(({ judge, ...check }) => ({ ...check, ...judge(tenant) }));
  return { tenantId, isReady: rows.every(({ state }) => state !== 'missing'), rows };
}
