import { CreateSecret, ListSecrets, RemoveSecret, RewrapSecrets, RotateSecret, SetSecretHosts } from '@vox/contracts';
import { invalidField } from '@vox/platform/fault';
import type { Command } from 'commander';
import { bytesOf } from '../files/json-file.ts';
import { moment, wholeNumber } from '../options/arguments.ts';
import { actingBy, type ReasonOption, withReason } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';
import { Mistake } from '../text/sentences.ts';

type ValueOption = Readonly<{ from?: string }>;
type HostOption = Readonly<{ host: string[] }>;
type VersionOption = Readonly<{ ifVersion?: number }>;

const rewrapMs = 120_000;

const withValue = (command: Command): Command =>
  withReason(command).option('--from <file>', 'the file that holds the value; without it, standard input');
const withVersion = (command: Command): Command =>
  command.option('--if-version <version>', 'change nothing unless this is the newest version', wholeNumber);
const withHosts = (command: Command): Command =>
  command.requiredOption('--host <host...>', 'the hosts that it may be sent to, such as api.example.com');

export function secretCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  const secrets = vox
    .command('secrets')
    .description('Keeps what tools of a tenant send to other servers. Nothing shows it.');
  secrets
    .command('list <tenant>')
    .description('Lists secrets: names, versions, ages, last use and hosts.')
    .action(async (tenantId: string) => say((await ask(ListSecrets, { tenantId })).secrets));
  valueCommands(secrets, operator);
  withReason(withVersion(withHosts(secrets.command('hosts <tenant> <name>'))))
    .description('Takes hosts away from a secret: it may be sent to these from now on. To add one, rotate it.')
    .action(async (tenantId: string, name: string, given: HostOption & VersionOption & ReasonOption) => {
      const { host: hosts, ifVersion, ...why } = given;
      say(await ask(SetSecretHosts, { tenantId, name, hosts, ifVersion, ...actingBy(operator, why) }));
    });
  withReason(secrets.command('remove <tenant> <name>'))
    .description('Removes a secret with all its versions.')
    .action(async (tenantId: string, name: string, why: ReasonOption) =>
      say(await ask(RemoveSecret, { tenantId, name, ...actingBy(operator, why) })),
    );
  withReason(secrets.command('rewrap'))
    .description('Encrypts the keys of all secrets with the newest master key, so that older ones can be thrown away.')
    .option('--new-data-keys', 'gives each tenant a new key, and encrypts its secrets again')
    .action(async ({ newDataKeys = false, ...why }: ReasonOption & { newDataKeys?: boolean }) =>
      say(await ask(RewrapSecrets, { newDataKeys, ...actingBy(operator, why) }, { timeoutMs: rewrapMs })),
    );
}

function valueCommands(secrets: Command, operator: Operator): void {
  const { ask, say } = operator;
  withValue(withHosts(secrets.command('create <tenant> <name>')))
    .description('Keeps a secret. Its value is read from a file or from standard input, never from the command line.')
    .action(async (tenantId: string, name: string, given: HostOption & ValueOption & ReasonOption) => {
      const { host: hosts, from, ...why } = given;
      const value = await valueOfSecret(operator, from);
      say(await ask(CreateSecret, { tenantId, name, value, hosts, ...actingBy(operator, why) }));
    });
  withVersion(withValue(secrets.command('rotate <tenant> <name>')))
    .description('Gives a secret a new version. The one before is sent until the new one is in force.')
    .option('--host <host...>', 'the hosts of the new version; without it, those of the version before')
    .option('--in-force-from <moment>', 'when it comes into force; without it, at once', moment)
    .action(
      async (
        tenantId: string,
        name: string,
        given: Partial<HostOption> & ValueOption & VersionOption & ReasonOption & { inForceFrom?: string },
      ) => {
        const { from, host: hosts, inForceFrom, ifVersion, ...why } = given;
        const value = await valueOfSecret(operator, from);
        const version = { value, hosts, inForceFrom, ifVersion };
        say(await ask(RotateSecret, { tenantId, name, ...version, ...actingBy(operator, why) }));
      },
    );
}

/** The text of a file or of standard input. The end of line that an editor puts behind it is no part of it. */
async function valueOfSecret({ typedValue }: Operator, from: string | undefined): Promise<string> {
  if (from === undefined && typedValue === undefined)
    throw new Mistake(['the value is missing: name its file with --from']);
  const bytes = from === undefined ? await typedValue?.('Value: ') : bytesOf(from);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r?\n$/, '');
  } catch {
    throw invalidField('value', 'must be text (UTF-8)');
  }
}
