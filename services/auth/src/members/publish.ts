import { MemberInvited, MemberJoined, MemberRemoved, MemberRoleChanged, makeFact } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { RosterEntry } from './decide/roster.ts';

/** Publishes the fact of one change. Published again, it is the same fact. */
export async function publishRosterEntry(
  bus: Pick<Bus, 'publish'>,
  tenantId: string,
  { id, by, traceparent, atMs, what }: RosterEntry,
): Promise<void> {
  const head = { id: `member:${id}`, source: 'auth', at: new Date(atMs), traceparent };
  const { memberId } = what;
  switch (what.kind) {
    case 'invited':
      await bus.publish(MemberInvited, makeFact(MemberInvited, head, { tenantId, memberId, role: what.role, ...by }));
      return;
    case 'joined':
      await bus.publish(MemberJoined, makeFact(MemberJoined, head, { tenantId, memberId, role: what.role, ...by }));
      return;
    case 'role-changed':
      await bus.publish(
        MemberRoleChanged,
        makeFact(MemberRoleChanged, head, { tenantId, memberId, role: what.role, ...by }),
      );
      return;
    case 'removed':
      await bus.publish(MemberRemoved, makeFact(MemberRemoved, head, { tenantId, memberId, ...by }));
  }
}
