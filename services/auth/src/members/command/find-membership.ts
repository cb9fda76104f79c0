import type { Clock } from '@vox/platform/time';
import { isActive, isInvitedBy, type Member, memberOf } from '../decide/roster.ts';
import { addressTag, type Rosters } from '../keep.ts';
import { type AddressKey, addressMarkOf, openAddress } from './addresses.ts';
import { invitationDigest } from './invite-member.ts';

export type FindMembershipDependencies = AddressKey &
  Readonly<{ rosters: Pick<Rosters, 'read' | 'tagged'>; clock: Clock }>;

/** Somebody as a member of one tenant. */
export type Membership = Readonly<{ tenantId: string; member: Member; email: string }>;

/** Whoever signs in: by address, of which tenant if they say so, and by which invitation if they come by one. */
export type SigningIn = Readonly<{ address: string; tenantId?: string | undefined; invitation?: string | undefined }>;

/** One person is a member of few tenants. */
const tenantsMax = 100;

/**
 * As which member an address may sign in: of the tenant that it names, else of the first by its id. Somebody who was
 * invited and has not joined needs the link of the mail.
 */
export async function findMembership(
  dependencies: FindMembershipDependencies,
  { address, tenantId, invitation }: SigningIn,
): Promise<Membership | undefined> {
  const addressMark = addressMarkOf(dependencies, address);
  const nowMs = dependencies.clock.now().getTime();
  const digest = invitation === undefined ? undefined : invitationDigest(invitation);
  const rosters = await dependencies.rosters.tagged(addressTag(addressMark), tenantsMax);
  const found = rosters.flatMap(({ state }): Membership[] => {
    const member = state.members.find((each) => each.addressMark === addressMark);
    const isWanted = tenantId === undefined || tenantId === state.tenantId;
    return member === undefined || !isWanted ? [] : [{ tenantId: state.tenantId, member, email: address }];
  });
  const invited = found.find(({ member }) => digest !== undefined && isInvitedBy(member, digest, nowMs));
  return invited ?? found.find(({ member }) => isActive(member));
}

/**
 * Whose member an address is, or is invited to be: of that tenant, or of any. The courier asks before it sends a code.
 */
export const membershipOf =
  (dependencies: FindMembershipDependencies) =>
  async (address: string, tenantId?: string): Promise<Readonly<{ tenantId: string }> | undefined> => {
    const addressMark = addressMarkOf(dependencies, address);
    const nowMs = dependencies.clock.now().getTime();
    const rosters = await dependencies.rosters.tagged(addressTag(addressMark), tenantsMax);
    const found = rosters.find(({ state }) =>
      state.members.some(
        (each) =>
          each.addressMark === addressMark &&
          (tenantId === undefined || tenantId === state.tenantId) &&
          (isActive(each) || (each.invitation?.endsAtMs ?? 0) > nowMs),
      ),
    );
    return found && { tenantId: found.key };
  };

/** A member who has joined, as they are now. */
export async function readMembership(
  dependencies: Pick<FindMembershipDependencies, 'sealKey'> & Readonly<{ rosters: Pick<Rosters, 'read'> }>,
  tenantId: string,
  memberId: string,
): Promise<Membership | undefined> {
  const member = memberOf(await dependencies.rosters.read(tenantId), memberId);
  if (member === undefined || !isActive(member)) return undefined;
  return { tenantId, member, email: openAddress(dependencies, tenantId, member) };
}
