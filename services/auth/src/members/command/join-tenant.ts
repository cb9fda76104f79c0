import { memberActor, type Role } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { stampOf } from '../../tenants/mod.ts';
import { admit, join } from '../decide/change.ts';
import { type AddressKey, addressMarkOf, sealAddress } from './addresses.ts';
import { type ChangeRosterDependencies, changeRoster } from './change-roster.ts';
import type { Membership } from './find-membership.ts';
import { invitationDigest, newMemberId } from './invite-member.ts';

/** Takes an invitation, once. Throws Fault INVALID_OTP where another was faster, or the link is dead by now. */
export async function joinTenant(
  dependencies: ChangeRosterDependencies,
  { tenantId, member }: Membership,
  invitation: string,
): Promise<void> {
  const { memberId } = member;
  const stamp = stampOf(dependencies, { actor: memberActor(memberId) });
  await changeRoster(dependencies, tenantId, (roster) => join(roster, memberId, invitationDigest(invitation), stamp));
}

export type AdmitMemberDependencies = ChangeRosterDependencies &
  AddressKey &
  Readonly<{ random: (size: number) => Uint8Array }>;

/**
 * Lets somebody in whose address the tenant's own sign-in proved, with this role if they are new. Whoever is a member
 * keeps their role. `address` is normalised.
 */
export async function admitMember(
  dependencies: AdmitMemberDependencies,
  { tenantId, address, role }: Readonly<{ tenantId: string; address: string; role: Role }>,
): Promise<Membership> {
  const memberId = newMemberId(dependencies.random);
  const admitted = {
    ...{ memberId, role, addressMark: addressMarkOf(dependencies, address) },
    sealedAddress: sealAddress(dependencies, tenantId, memberId, address),
  };
  const stamp = stampOf(dependencies, { actor: memberActor(memberId) });
  const member = await changeRoster(dependencies, tenantId, (roster) => admit(roster, admitted, stamp));
  if (member === undefined) throw new Fault('INTERNAL');
  return { tenantId, member, email: address };
}
