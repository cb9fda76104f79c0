import {
  ChangeMemberRole,
  InviteMember,
  ListMembers,
  RemoveMember,
  ResetSecondFactors,
  Role,
  roles,
} from '@vox/contracts';
import { type Command, InvalidArgumentError } from 'commander';
import { actingBy, type ReasonOption, withReason } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

function role(text: string): Role {
  const read = Role.safeParse(text);
  if (!read.success) throw new InvalidArgumentError(`must be one of: ${roles.join(', ')}.`);
  return read.data;
}

export function memberCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  const member = vox
    .command('member')
    .description('Manages who may sign in for a tenant. The tenant _platform is that of the platform’s operators.');
  withReason(member.command('invite <tenant> <email>'))
    .description('Invites somebody by mail: so a tenant gets its first owner. Once more sends a new link.')
    .requiredOption('--role <role>', roles.join(', '), role)
    .action(async (tenantId: string, email: string, { role, ...why }: ReasonOption & { role: Role }) =>
      say(await ask(InviteMember, { tenantId, email, role, ...actingBy(operator, why) })),
    );
  member
    .command('list <tenant>')
    .description('Lists members, invited ones too.')
    .action(async (tenantId: string) => say((await ask(ListMembers, { tenantId })).members));
  withReason(member.command('role <tenant> <member>'))
    .description('Gives a member another role, and ends its logins.')
    .requiredOption('--role <role>', roles.join(', '), role)
    .action(async (tenantId: string, memberId: string, { role, ...why }: ReasonOption & { role: Role }) =>
      say(await ask(ChangeMemberRole, { tenantId, memberId, role, ...actingBy(operator, why) })),
    );
  withReason(member.command('remove <tenant> <member>'))
    .description('Removes a member and ends its logins, or takes an invitation back.')
    .action(async (tenantId: string, memberId: string, why: ReasonOption) =>
      say(await ask(RemoveMember, { tenantId, memberId, ...actingBy(operator, why) })),
    );
  withReason(member.command('reset-factors <tenant> <member>'))
    .description('Removes all second factors of a member who has lost them. Make sure that it is that person.')
    .action(async (tenantId: string, memberId: string, why: ReasonOption) =>
      say(await ask(ResetSecondFactors, { tenantId, memberId, ...actingBy(operator, why) })),
    );
}
