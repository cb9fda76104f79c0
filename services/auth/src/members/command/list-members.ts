import type { MemberView } from '@vox/contracts';
import { isActive, type Member } from '../decide/roster.ts';
import type { Rosters } from '../keep.ts';
import { type AddressKey, openAddress } from './addresses.ts';

export type ListMembersDependencies = AddressKey & Readonly<{ rosters: Pick<Rosters, 'read'> }>;

/** Everybody who belongs to a tenant, the longest there first. */
export async function listMembers(dependencies: ListMembersDependencies, tenantId: string): Promise<MemberView[]> {
  const members = (await dependencies.rosters.read(tenantId))?.members ?? [];
  return [...members]
    .sort((one, other) => one.invitedAtMs - other.invitedAtMs)
    .map((member) => memberView(dependencies, tenantId, member));
}

const moment = (ms: number | null | undefined): string | null => (ms == null ? null : new Date(ms).toISOString());

export const memberView = (key: AddressKey, tenantId: string, member: Member): MemberView => ({
  memberId: member.memberId,
  email: openAddress(key, tenantId, member),
  role: member.role,
  status: isActive(member) ? 'active' : 'invited',
  invitedAt: new Date(member.invitedAtMs).toISOString(),
  invitationEndsAt: moment(member.invitation?.endsAtMs),
  joinedAt: moment(member.joinedAtMs),
});
