import { ListLogins, RevokeLogins } from '@vox/contracts';
import { invalidField } from '@vox/platform/fault';
import type { Command } from 'commander';
import { actingBy, type ReasonOption, withReason } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

type WhichOptions = Readonly<{ login?: string; member?: string }>;

export function loginCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  const login = vox.command('login').description('Lists and ends the logins of members.');
  login
    .command('list <tenant>')
    .description('Lists the logins that live, the one last seen first.')
    .option('--member <id>', 'of one member')
    .action(async (tenantId: string, { member }: WhichOptions) =>
      say((await ask(ListLogins, { tenantId, memberId: member })).logins),
    );
  withReason(login.command('revoke <tenant>'))
    .description('Ends one login or all logins of a member, everywhere and at once, and the calls under them.')
    .option('--login <id>', 'one login')
    .option('--member <id>', 'all of one member')
    .action(async (tenantId: string, { login, member, ...why }: WhichOptions & ReasonOption) => {
      if (login === undefined && member === undefined) throw invalidField('login revoke', 'needs --login or --member');
      say(await ask(RevokeLogins, { tenantId, loginId: login, memberId: member, ...actingBy(operator, why) }));
    });
}
