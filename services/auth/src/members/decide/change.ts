import { memberActor, platform, type Role } from '@vox/contracts';
import type { Stamp } from '../../tenants/mod.ts';
import { isActive, isInvitedBy, lapsesAtMs, type Member, memberOf, type Roster, type RosterEvent } from './roster.ts';

/** Why a change of a roster is refused. */
export type RosterRefusal =
  | 'member already'
  | 'only owners'
  | 'last owner'
  | 'too many'
  | 'too soon'
  | 'no member'
  | 'no invitation';

export type RosterDecision =
  | Readonly<{ kind: 'change'; roster: Roster; member: Member }>
  | Readonly<{ kind: 'unchanged'; member: Member | undefined }>
  | Readonly<{ kind: 'refused'; why: RosterRefusal }>;

const refused = (why: RosterRefusal): RosterDecision => ({ kind: 'refused', why });

export const membersMax = 500;
const inviteAgainMs = 60_000;

/** Members of the platform itself are its operators, and nobody else is one. */
export const isRoleOf = (tenantId: string, role: Role): boolean =>
  (role === 'platform-operator') === (tenantId === platform);

const ownersOf = ({ members }: Roster): readonly Member[] =>
  members.filter((each) => each.role === 'owner' && isActive(each));

/** Whether a tenant would have no owner without this member. */
const isLastOwner = (roster: Roster, member: Member): boolean => {
  const owners = ownersOf(roster);
  return owners.length === 1 && owners[0]?.memberId === member.memberId;
};

/** An administrator makes no owner, and unmakes none. The operator of the installation may do either. */
const mayTouchOwners = (roster: Roster, { by }: Stamp): boolean => {
  if (by.actor.startsWith('operator:')) return true;
  const asker = roster.members.find(({ memberId }) => by.actor === memberActor(memberId));
  return asker?.role === 'owner' && isActive(asker);
};

function withMember(roster: Roster, member: Member, what: RosterEvent, stamp: Stamp): RosterDecision {
  const others = roster.members.filter(({ memberId }) => memberId !== member.memberId);
  const untold = [...roster.untold, { ...stamp, what }];
  return { kind: 'change', roster: { ...roster, members: [...others, member], untold }, member };
}

/** Invites somebody, or gives an invitation that stands a new link and role: the link before it is dead. */
export function invite(
  roster: Roster,
  invited: Pick<Member, 'memberId' | 'role' | 'addressMark' | 'sealedAddress'> & { invitation: Member['invitation'] },
  stamp: Stamp,
): RosterDecision {
  const known = roster.members.find(({ addressMark }) => addressMark === invited.addressMark);
  if (known !== undefined && isActive(known)) return refused('member already');
  if ((invited.role === 'owner' || known?.role === 'owner') && !mayTouchOwners(roster, stamp))
    return refused('only owners');
  if (known === undefined && roster.members.length >= membersMax) return refused('too many');
  if (known !== undefined && stamp.atMs - known.invitedAtMs < inviteAgainMs) return refused('too soon');
  const { role, invitation } = invited;
  const times = { invitedAtMs: stamp.atMs, joinedAtMs: null };
  const member = known === undefined ? { ...invited, ...times } : { ...known, role, invitation, ...times };
  return withMember(roster, member, { kind: 'invited', memberId: member.memberId, role }, stamp);
}

/** Lets in whoever was invited, once: the link is spent with it. */
export function join(roster: Roster, memberId: string, digest: string, stamp: Stamp): RosterDecision {
  const known = memberOf(roster, memberId);
  if (known === undefined || isActive(known) || !isInvitedBy(known, digest, stamp.atMs))
    return refused('no invitation');
  const member = { ...known, joinedAtMs: stamp.atMs, invitation: null };
  return withMember(roster, member, { kind: 'joined', memberId, role: known.role }, stamp);
}

/** Lets somebody in whom the tenant's own sign-in vouches for. Whoever is there already stays what they are. */
export function admit(
  roster: Roster,
  admitted: Pick<Member, 'memberId' | 'role' | 'addressMark' | 'sealedAddress'>,
  stamp: Stamp,
): RosterDecision {
  const known = roster.members.find(({ addressMark }) => addressMark === admitted.addressMark);
  if (known !== undefined && isActive(known)) return { kind: 'unchanged', member: known };
  if (known === undefined && roster.members.length >= membersMax) return refused('too many');
  const times = { invitedAtMs: stamp.atMs, joinedAtMs: stamp.atMs, invitation: null };
  // Whoever was invited gets what the invitation says.
  const member = known === undefined ? { ...admitted, ...times } : { ...known, ...times };
  return withMember(roster, member, { kind: 'joined', memberId: member.memberId, role: member.role }, stamp);
}

/** Gives a member another role. */
export function changeRole(roster: Roster, memberId: string, role: Role, stamp: Stamp): RosterDecision {
  const known = memberOf(roster, memberId);
  if (known === undefined) return refused('no member');
  if (known.role === role) return { kind: 'unchanged', member: known };
  if ((role === 'owner' || known.role === 'owner') && !mayTouchOwners(roster, stamp)) return refused('only owners');
  if (isLastOwner(roster, known)) return refused('last owner');
  return withMember(roster, { ...known, role }, { kind: 'role-changed', memberId, role }, stamp);
}

/** Removes a member, or an invitation. Removing again changes nothing. */
export function remove(roster: Roster, memberId: string, stamp: Stamp): RosterDecision {
  const known = memberOf(roster, memberId);
  if (known === undefined) return { kind: 'unchanged', member: undefined };
  if (known.role === 'owner' && !mayTouchOwners(roster, stamp)) return refused('only owners');
  return isLastOwner(roster, known) ? refused('last owner') : withoutMember(roster, known, stamp);
}

/** Removes a member for the law's sake: the last owner too. */
export const forget = (roster: Roster, member: Member, stamp: Stamp): RosterDecision =>
  withoutMember(roster, member, stamp);

function withoutMember(roster: Roster, member: Member, stamp: Stamp): RosterDecision {
  const { memberId } = member;
  const members = roster.members.filter((each) => each.memberId !== memberId);
  const untold = [...roster.untold, { ...stamp, what: { kind: 'removed' as const, memberId } }];
  return { kind: 'change', roster: { ...roster, members, untold }, member };
}

/** Invitations that lapsed so long ago that the address is forgotten. */
export const lapsed = ({ members }: Roster, nowMs: number): readonly Member[] =>
  members.filter((each) => !isActive(each) && (lapsesAtMs(each) ?? nowMs + 1) <= nowMs);
