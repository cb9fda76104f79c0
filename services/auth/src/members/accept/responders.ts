import { ChangeMemberRole, InviteMember, ListMembers, RemoveMember } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { auditedRefusals, type RefusalDependencies } from '../../tenants/mod.ts';
import { changeMemberRole } from '../command/change-member-role.ts';
import type { ChangeRosterDependencies } from '../command/change-roster.ts';
import { type InviteMemberDependencies, inviteMember } from '../command/invite-member.ts';
import { type ListMembersDependencies, listMembers } from '../command/list-members.ts';
import { removeMember } from '../command/remove-member.ts';

export type MemberResponderDependencies = InviteMemberDependencies &
  ListMembersDependencies &
  ChangeRosterDependencies &
  RefusalDependencies &
  Readonly<{ bus: Pick<Bus, 'answer'> }>;

export async function memberResponders(dependencies: MemberResponderDependencies): Promise<Consumption[]> {
  const { bus } = dependencies;
  const audited = auditedRefusals(dependencies);
  return [
    await bus.answer(ListMembers, async ({ tenantId }) => ({ members: await listMembers(dependencies, tenantId) })),
    await bus.answer(
      InviteMember,
      audited('member.invite', (request) => inviteMember(dependencies, request)),
    ),
    await bus.answer(
      ChangeMemberRole,
      audited('member.change-role', (request) => changeMemberRole(dependencies, request)),
    ),
    await bus.answer(
      RemoveMember,
      audited('member.remove', (request) => removeMember(dependencies, request)),
    ),
  ];
}
