import { mistakeSaid, type RefusalReason } from '@vox/contracts';
import { Fault, invalidField, issueAt } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { membersMax, type RosterDecision, type RosterRefusal } from '../decide/change.ts';
import { type Member, noMembers, type Roster } from '../decide/roster.ts';
import { type PublishRosterDependencies, publishRoster } from './publish-roster.ts';

export type ChangeRosterDependencies = PublishRosterDependencies & Readonly<{ clock: Clock; uuid: () => string }>;

/**
 * Stores what is decided of a tenant's members in one conditional write, and publishes it. Answers the member that it
 * is about. Throws the fault of a refusal.
 */
export async function changeRoster(
  dependencies: ChangeRosterDependencies,
  tenantId: string,
  decide: (roster: Roster) => RosterDecision,
): Promise<Member | undefined> {
  const decision = await dependencies.rosters.update<RosterDecision>(tenantId, (known = noMembers(tenantId)) => {
    const decided = decide(known);
    return decided.kind === 'change' ? { result: decided, state: decided.roster } : { result: decided };
  });
  if (decision.kind === 'refused') throw faultOf(decision.why);
  if (decision.kind === 'change') await publishRoster(dependencies, tenantId, decision.roster);
  return decision.member;
}

function faultOf(why: RosterRefusal): Fault {
  switch (why) {
    case 'member already':
      return invalidField('email', mistakeSaid('member-already'));
    case 'only owners':
      return new Fault('FORBIDDEN', {
        reason: 'only-owners' satisfies RefusalReason,
        message: 'only an owner makes or unmakes an owner',
      });
    case 'last owner':
      return invalidField('memberId', mistakeSaid('last-owner'));
    case 'too many':
      return invalidField('email', mistakeSaid('members-full', { most: membersMax }));
    case 'too soon':
      return new Fault('RATE_LIMIT_EXCEEDED', { scope: 'invitation', retryAfterSeconds: 60 });
    case 'no member':
      return new Fault('NOT_FOUND', { issues: [issueAt('memberId', mistakeSaid('no-member'))] });
    case 'no invitation':
      return new Fault('INVALID_OTP');
  }
}
