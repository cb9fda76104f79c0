export type { AddressKey } from './command/addresses.ts';
export type { ChangeRosterDependencies } from './command/change-roster.ts';
export {
  type FindMembershipDependencies,
  findMembership,
  type Membership,
  membershipOf,
  readMembership,
} from './command/find-membership.ts';
export { exportMember, type FindMembersDependencies, forgetMember, membersOfPerson } from './command/forget-members.ts';
export type { InvitationRules } from './command/invite-member.ts';
export { type AdmitMemberDependencies, admitMember, joinTenant } from './command/join-tenant.ts';
export { resealAddresses } from './command/reseal-addresses.ts';
export type { Rosters } from './keep.ts';
