import type { Role } from '@vox/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Stamp } from '../../tenants/mod.ts';
import { admit, changeRole, invite, join, membersMax, type RosterDecision, remove } from './change.ts';
import { isActive, type Member, noMembers, type Roster } from './roster.ts';

const id = (n: number): string => `m_${String(n).padStart(22, '0')}`;
const stamp = (actor: string, atMs = 0): Stamp => ({ id: `e${atMs}`, by: { actor }, atMs });
const operator = stamp('operator:ada');
const member = (n: number, role: Role, joinedAtMs: number | null = 0): Member => ({
  ...{ memberId: id(n), role, addressMark: `mark-${n}`, sealedAddress: '', invitedAtMs: 0, joinedAtMs },
  invitation: joinedAtMs === null ? { digest: 'd', endsAtMs: 1_000 } : null,
});
const rosterOf = (...members: Member[]): Roster => ({ ...noMembers('acme'), members });
const whyOf = (decision: RosterDecision) => (decision.kind === 'refused' ? decision.why : decision.kind);
const asked = (n: number, role: Role) => ({ ...member(n, role, null), invitation: { digest: 'new', endsAtMs: 9_000 } });

describe('a roster', () => {
  it('always keeps an owner once it has one, whatever its owners and administrators do', () => {
    const act = fc.record({
      what: fc.constantFrom('role', 'remove', 'invite', 'join', 'admit'),
      actor: fc.nat(3),
      on: fc.nat(3),
      role: fc.constantFrom<Role>('owner', 'admin', 'viewer'),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        let roster = rosterOf(member(0, 'owner'), member(1, 'owner'));
        for (const [n, { what, actor, on, role }] of acts.entries()) {
          const by = stamp(n % 7 === 0 ? 'operator:ada' : `member:${id(actor)}`, n * 100_000);
          const decision =
            what === 'role'
              ? changeRole(roster, id(on), role, by)
              : what === 'remove'
                ? remove(roster, id(on), by)
                : what === 'invite'
                  ? invite(roster, asked(on, role), by)
                  : what === 'join'
                    ? join(roster, id(on), 'new', by)
                    : admit(roster, member(on, 'viewer'), by);
          if (decision.kind === 'change') roster = decision.roster;
          expect(roster.members.some((each) => each.role === 'owner' && isActive(each))).toBe(true);
          expect(new Set(roster.members.map(({ addressMark }) => addressMark)).size).toBe(roster.members.length);
        }
      }),
    );
  });
  it('does not count an owner who was invited and has not come', () => {
    const roster = rosterOf(member(0, 'owner'), member(1, 'owner', null));
    expect(whyOf(remove(roster, id(0), operator))).toBe('last owner');
    expect(whyOf(changeRole(roster, id(0), 'admin', operator))).toBe('last owner');
    expect(whyOf(remove(roster, id(1), operator))).toBe('change');
  });
  it('lets only an owner or the operator make and unmake owners', () => {
    const roster = rosterOf(member(0, 'owner'), member(1, 'owner'), member(2, 'admin'), member(3, 'viewer'));
    for (const actor of [`member:${id(2)}`, 'key:0123456789abcdef', `member:${id(9)}`]) {
      const by = stamp(actor);
      expect(whyOf(changeRole(roster, id(3), 'owner', by))).toBe('only owners');
      expect(whyOf(changeRole(roster, id(1), 'viewer', by))).toBe('only owners');
      expect(whyOf(remove(roster, id(1), by))).toBe('only owners');
      expect(whyOf(invite(roster, asked(5, 'owner'), by))).toBe('only owners');
      expect(whyOf(changeRole(roster, id(3), 'developer', by))).toBe('change');
    }
    for (const by of [operator, stamp(`member:${id(0)}`)])
      expect(whyOf(changeRole(roster, id(3), 'owner', by))).toBe('change');
  });
  it('gives an invitation that stands a new link and role, no sooner than a minute later', () => {
    const first = invite(noMembers('acme'), asked(1, 'viewer'), operator);
    if (first.kind !== 'change') throw new Error('not invited');
    const again = { ...asked(2, 'admin'), addressMark: 'mark-1' };
    expect(whyOf(invite(first.roster, again, stamp('operator:ada', 59_000)))).toBe('too soon');
    const second = invite(first.roster, again, stamp('operator:ada', 60_000));
    expect(second).toMatchObject({ kind: 'change', member: { memberId: id(1), role: 'admin' } });
    expect(whyOf(join(rosterOf(member(1, 'viewer', null)), id(1), 'other', operator))).toBe('no invitation');
  });
  it('lets nobody in by a link whose time is over, or that was taken', () => {
    const roster = rosterOf(member(1, 'viewer', null));
    expect(whyOf(join(roster, id(1), 'd', stamp('x', 1_000)))).toBe('no invitation');
    const joined = join(roster, id(1), 'd', stamp('x', 999));
    if (joined.kind !== 'change') throw new Error('not joined');
    expect(whyOf(join(joined.roster, id(1), 'd', stamp('x', 999)))).toBe('no invitation');
  });
  it('takes nobody more than its most', () => {
    const roster = rosterOf(...Array.from({ length: membersMax }, (_, n) => member(n, 'viewer')));
    expect(whyOf(invite(roster, asked(membersMax, 'viewer'), operator))).toBe('too many');
    expect(whyOf(admit(roster, member(membersMax, 'viewer'), operator))).toBe('too many');
  });
});
