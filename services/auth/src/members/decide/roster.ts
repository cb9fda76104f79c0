import type { Role } from '@vox/contracts';
import type { Stamp } from '../../tenants/mod.ts';

/** The link of an invitation's mail: its hash alone, and until when it works. */
export type Invitation = Readonly<{ digest: string; endsAtMs: number }>;

/** A member of a tenant, or somebody who was invited and has not joined (`joinedAtMs` null). */
export type Member = Readonly<{
  memberId: string;
  role: Role;
  /** A keyed hash of the normalised address: what it is found by. */
  addressMark: string;
  sealedAddress: string;
  invitedAtMs: number;
  joinedAtMs: number | null;
  invitation: Invitation | null;
}>;

/** What happened to a member. */
export type RosterEvent = Readonly<{ memberId: string }> &
  (Readonly<{ kind: 'invited' | 'joined' | 'role-changed'; role: Role }> | Readonly<{ kind: 'removed' }>);

/** Who changes a roster, when, and under which request. `id` becomes the id of the fact. */
export type RosterEntry = Stamp & Readonly<{ what: RosterEvent }>;

/**
 * Everybody of one tenant, in one document: so an address is there once, and the last owner stays, whatever happens at
 * the same moment. `untold` is the outbox.
 */
export type Roster = Readonly<{ tenantId: string; members: readonly Member[]; untold: readonly RosterEntry[] }>;

export const noMembers = (tenantId: string): Roster => ({ tenantId, members: [], untold: [] });

export const memberOf = (roster: Roster | undefined, memberId: string): Member | undefined =>
  roster?.members.find((each) => each.memberId === memberId);

/** Members who have joined; the others are invited. */
export const isActive = ({ joinedAtMs }: Pick<Member, 'joinedAtMs'>): boolean => joinedAtMs !== null;

/** Whether the link of an invitation lets somebody in. */
export const isInvitedBy = ({ invitation }: Pick<Member, 'invitation'>, digest: string, nowMs: number): boolean =>
  invitation !== null && invitation.digest === digest && invitation.endsAtMs > nowMs;

const lapsedKeptMs = 30 * 86_400_000;
/** When an invitation that nobody took is forgotten, and the address with it. */
export const lapsesAtMs = ({ invitation }: Pick<Member, 'invitation'>): number | undefined =>
  invitation === null ? undefined : invitation.endsAtMs + lapsedKeptMs;

/** When a sweep must look at a roster. */
export function rosterDueAtMs({ members, untold }: Roster): number | undefined {
  const moments = [...untold.map(({ atMs }) => atMs), ...members.flatMap((each) => lapsesAtMs(each) ?? [])];
  return moments.length === 0 ? undefined : Math.min(...moments);
}
