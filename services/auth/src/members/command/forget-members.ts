import type { HeldRecord, PersonReference } from '@vox/contracts';
import { normalisedAddress } from '../../codes/mod.ts';
import { stampOf } from '../../tenants/mod.ts';
import { forget, lapsed } from '../decide/change.ts';
import { isActive, type Member } from '../decide/roster.ts';
import type { Rosters } from '../keep.ts';
import { type AddressKey, addressMarkOf } from './addresses.ts';
import { type ChangeRosterDependencies, changeRoster } from './change-roster.ts';
import { memberView } from './list-members.ts';

export type FindMembersDependencies = AddressKey & Readonly<{ rosters: Pick<Rosters, 'read'> }>;

/** The members of a tenant that a privacy request is about: by their addresses, and by their ids. */
export async function membersOfPerson(
  dependencies: FindMembersDependencies,
  { tenantId, emails, userIds }: Pick<PersonReference, 'tenantId' | 'emails' | 'userIds'>,
): Promise<readonly Member[]> {
  const marks = new Set(
    emails.flatMap((email) => {
      const address = normalisedAddress(email);
      return address === undefined ? [] : [addressMarkOf(dependencies, address)];
    }),
  );
  const { members = [] } = (await dependencies.rosters.read(tenantId)) ?? {};
  return members.filter(({ memberId, addressMark }) => userIds.includes(memberId) || marks.has(addressMark));
}

/** What the roster holds of a member, as that person may read it. */
export function exportMember(key: AddressKey, tenantId: string, member: Member): HeldRecord {
  return { kind: 'member', id: member.memberId, data: { ...memberView(key, tenantId, member) } };
}

/**
 * Erases a member, with their logins. The law asks no tenant whether it has another owner: where this was the last one,
 * only the operator of the installation can invite the next.
 */
export async function forgetMember(
  dependencies: ChangeRosterDependencies,
  tenantId: string,
  { memberId }: Pick<Member, 'memberId'>,
): Promise<void> {
  const stamp = stampOf(dependencies, { actor: 'service:auth', reason: 'privacy' });
  await changeRoster(dependencies, tenantId, (roster) => {
    const member = roster.members.find((each) => each.memberId === memberId);
    return member === undefined ? { kind: 'unchanged', member } : forget(roster, member, stamp);
  });
}

/** Forgets invitations that nobody took within thirty days of their end. */
export async function forgetLapsed(dependencies: ChangeRosterDependencies, tenantId: string): Promise<void> {
  const stamp = stampOf(dependencies, { actor: 'service:auth', reason: 'the invitation lapsed' });
  for (;;) {
    const gone = await changeRoster(dependencies, tenantId, (roster) => {
      const [member] = lapsed(roster, stamp.atMs);
      return member === undefined
        ? { kind: 'unchanged', member }
        : forget(roster, member, { ...stamp, id: `${stamp.id}:${member.memberId}` });
    });
    if (gone === undefined || isActive(gone)) return;
  }
}
