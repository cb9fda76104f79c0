import { type ChangeMemberRole, mistakeSaid } from '@vox/contracts';
import { invalidField } from '@vox/platform/fault';
import type { z } from 'zod';
import { stampOf } from '../../tenants/mod.ts';
import { changeRole, isRoleOf } from '../decide/change.ts';
import { type ChangeRosterDependencies, changeRoster } from './change-roster.ts';

/** Gives a member another role. Their logins end, for what a login says of its member never changes. */
export async function changeMemberRole(
  dependencies: ChangeRosterDependencies,
  { tenantId, memberId, role, ...by }: z.infer<(typeof ChangeMemberRole)['request']>,
): Promise<z.input<(typeof ChangeMemberRole)['reply']>> {
  if (!isRoleOf(tenantId, role)) throw invalidField('role', mistakeSaid('no-role'));
  const stamp = stampOf(dependencies, by);
  await changeRoster(dependencies, tenantId, (roster) => changeRole(roster, memberId, role, stamp));
  return { role };
}
