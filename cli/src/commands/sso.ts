import { ProveDomain, PutSingleSignOn, RemoveSingleSignOn, ShowSingleSignOn } from '@vox/contracts';
import { type Command, Option } from 'commander';
import { bytesOf } from '../files/json-file.ts';
import { actingBy, type ReasonOption, withReason } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

type PutOptions = ReasonOption &
  Readonly<{
    issuer: string;
    clientId: string;
    clientSecretFile?: string;
    domain?: string[];
    required: boolean;
    secondFactor: 'asked' | 'left-to-provider';
  }>;

/** `vox sso …`: how a tenant's members sign in through its own provider. */
export function ssoCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  const sso = vox.command('sso').description('Sets how members sign in through the provider of their tenant.');
  sso
    .command('show <tenant>')
    .description('Shows it, with the DNS records that prove its domains and the addresses for the provider.')
    .action(async (tenantId: string) => say(await ask(ShowSingleSignOn, { tenantId, ...actingBy(operator, {}) })));
  withReason(sso.command('put <tenant>'))
    .description('Sets it. The issuer is asked first, so that a mistake is seen here.')
    .requiredOption('--issuer <url>', 'the provider, as it writes itself, such as https://login.acme.example')
    .requiredOption('--client-id <id>', 'as the provider gave it')
    .option('--client-secret-file <file>', 'a file that holds the secret; without it, the one before stays')
    .option('--domain <domain...>', 'mail domains whose members come from there')
    .option('--required', 'codes by mail let nobody of these domains in, except owners', false)
    .addOption(
      new Option('--second-factor <who>', 'whether VOX asks for its own second factor too')
        .choices(['asked', 'left-to-provider'])
        .default('asked'),
    )
    .action(async (tenantId: string, { issuer, clientId, clientSecretFile, domain = [], ...given }: PutOptions) => {
      const { required: isRequired, secondFactor, ...why } = given;
      const clientSecret = clientSecretFile === undefined ? undefined : secretIn(clientSecretFile);
      const wanted = { issuer, clientId, clientSecret, domains: domain, isRequired, secondFactor };
      say(await ask(PutSingleSignOn, { tenantId, ...wanted, ...actingBy(operator, why) }, slow));
    });
  withReason(sso.command('prove-domain <tenant> <domain>'))
    .description('Looks for the record in DNS, and takes the domain for the tenant.')
    .action(async (tenantId: string, domain: string, why: ReasonOption) =>
      say(await ask(ProveDomain, { tenantId, domain, ...actingBy(operator, why) }, slow)),
    );
  withReason(sso.command('remove <tenant>'))
    .description('Turns it off. Members stay, and sign in by code.')
    .action(async (tenantId: string, why: ReasonOption) =>
      say(await ask(RemoveSingleSignOn, { tenantId, ...actingBy(operator, why) })),
    );
}

/** The servers of others are asked meanwhile. */
const slow = { timeoutMs: 15_000 };

/** A secret never stands on a command line, where other users of the machine read it. */
const secretIn = (file: string): string => bytesOf(file).toString('utf8').trim();
