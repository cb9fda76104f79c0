import type { RemoveMember } from '@vox/contracts';
import type { z } from 'zod';
import { stampOf } from '../../tenants/mod.ts';
import { remove } from '../decide/change.ts';
import { type ChangeRosterDependencies, changeRoster } from './change-roster.ts';

/** Removes a member with their logins, or takes an invitation back. */
export async function removeMember(
  dependencies: ChangeRosterDependencies,
  { tenantId, memberId, ...by }: z.infer<(typeof RemoveMember)['request']>,
): Promise<z.input<(typeof RemoveMember)['reply']>> {
  const stamp = stampOf(dependencies, by);
  const removed = await changeRoster(dependencies, tenantId, (roster) => remove(roster, memberId, stamp));
  return { removed: removed !== undefined };
}
