export type { AddressKey } from './command/addresses.ts';
export type { ChangeRosterDependencies } from './command/change-roster.ts';
export {
  type FindMembershipDependencies,
  findMembership,
  type Membership,
  membershipOf,
  readMembership,
} from './command/find-membership.ts';
export { type AdmitMemberDependencies, admitMember, joinTenant } from './command/join-tenant.ts';
export type { Rosters } from './keep.ts';
