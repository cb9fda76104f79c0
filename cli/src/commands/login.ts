import { ListLogins, type Me, RevokeLogins } from '@vox/contracts';
import { invalidField } from '@vox/platform/fault';
import type { Command } from 'commander';
import type { Account } from '../logins/account.ts';
import type { SignInOptions } from '../logins/sign-in.ts';
import { actingBy, type ReasonOption, withReason } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

type WhichOptions = Readonly<{ login?: string; member?: string }>;

/** Signing in oneself, and the logins of members. */
export function loginCommands(vox: Command, operator: Operator, account: Account): void {
  const { ask, say, note } = operator;
  const login = vox
    .command('login')
    .description('Signs in to the server at this address; lists and ends the logins of members.')
    .argument('[url]', 'signs in here, such as https://vox.example: asks for your address and the code in your mail')
    .option('--tenant <tenant>', 'of several tenants, which')
    .option('--invitation <code>', 'for the first time: what stands behind #invitation= in the link of your invitation')
    .action(async (url: string | undefined, options: SignInOptions) => {
      if (url === undefined)
        throw invalidField('login', 'needs the address of the server, such as https://vox.example');
      note(
        `Signed in to ${await account.signIn(url, options)}. Run \`vox whoami\`, and \`vox logout\` when you are done.`,
      );
    });
  vox
    .command('logout [url]')
    .description('Ends the login that `vox login` has made.')
    .action(async (url: string | undefined) => note(`Signed out of ${await account.signOut(url)}.`));
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

/** Whose credential `vox` has; `undefined` on the bus, where the operator of the installation asks. */
export type WhoAmI = () => Promise<Me | undefined>;

export function whoAmICommand(vox: Command, { say, actor }: Operator, whoAmI: WhoAmI): void {
  vox
    .command('whoami')
    .description('Shows who asks: the member with the role, the API key with its scopes, or the operator on the bus.')
    .action(async () => say((await whoAmI()) ?? { kind: 'operator', actor }));
}
