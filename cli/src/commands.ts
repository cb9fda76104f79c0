import { Command } from 'commander';
import { apiKeyCommands } from './commands/api-key.ts';
import { backupCommands } from './commands/backup.ts';
import { busCommands, type ReachBootstrap } from './commands/bus.ts';
import { keyCommands } from './commands/key.ts';
import { killSwitchCommands } from './commands/kill-switch.ts';
import { limitCommands } from './commands/limit.ts';
import { loginCommands, type WhoAmI, whoAmICommand } from './commands/login.ts';
import { masterKeyCommands } from './commands/master-key.ts';
import { memberCommands } from './commands/member.ts';
import { benchCommands } from './commands/operations/bench.ts';
import { doctorCommands } from './commands/operations/doctor.ts';
import { operationCommands } from './commands/operations/operations.ts';
import { scaleCheckCommands } from './commands/operations/scale-check.ts';
import { supportCommands } from './commands/operations/support.ts';
import { auditCommands } from './commands/privacy/audit.ts';
import { consentCommands } from './commands/privacy/consent.ts';
import { holdCommands } from './commands/privacy/hold.ts';
import { incidentCommands } from './commands/privacy/incident.ts';
import { receiptCommands } from './commands/privacy/receipt.ts';
import { redactCommands } from './commands/privacy/redact.ts';
import { retentionCommands } from './commands/privacy/retention.ts';
import { subjectCommands } from './commands/privacy/subject.ts';
import { transcriptCommands } from './commands/privacy/transcript.ts';
import { secretCommands } from './commands/secrets.ts';
import { sessionCommands } from './commands/session.ts';
import { signCommands } from './commands/sign.ts';
import { signingKeyCommands } from './commands/signing-key.ts';
import { ssoCommands } from './commands/sso.ts';
import { tenantCommands } from './commands/tenant.ts';
import { toolCommands } from './commands/tool.ts';
import { usageCommands } from './commands/usage.ts';
import { webhookCommands } from './commands/webhook.ts';
import { refuseContext } from './contexts/no-context.ts';
import type { Account } from './logins/account.ts';
import type { Backups } from './reach/backups.ts';
import type { Operator } from './reach/operator.ts';
import { Mistake, remembering } from './text/sentences.ts';
import { listsAsTables } from './text/table.ts';

/** A file for each noun. Help lists them in this order. */
const nouns = [
  tenantCommands,
  memberCommands,
  loginCommands,
  keyCommands,
  apiKeyCommands,
  sessionCommands,
  limitCommands,
  usageCommands,
  transcriptCommands,
  consentCommands,
  subjectCommands,
  retentionCommands,
  receiptCommands,
  holdCommands,
  incidentCommands,
  killSwitchCommands,
  ssoCommands,
  webhookCommands,
  secretCommands,
  signingKeyCommands,
  masterKeyCommands,
  auditCommands,
  redactCommands,
  toolCommands,
  signCommands,
  doctorCommands,
  scaleCheckCommands,
  benchCommands,
  supportCommands,
];

const refuse = async (): Promise<never> => {
  throw new Mistake(['nobody can sign in here']);
};
const noAccount = { signIn: refuse, signOut: refuse, whoAmI: refuse };

const noServers = async (): Promise<never> => {
  throw new Mistake(['no servers can be reached from here']);
};
const noBackups: Backups = {
  ...{ take: noServers, noteTaken: noServers, verify: noServers },
  ...{ drill: noServers, restore: noServers, last: noServers },
};

/**
 * Builds the `vox` command. `reach` finds the bus that `vox bus` configures. `account` signs a person in and out, and
 * says whose credential `vox` has. `backups` takes and restores backups. `env` says where this user keeps files.
 */
export function voxCommand(
  given: Operator,
  reach: ReachBootstrap = async () => undefined,
  account: Account & Readonly<{ whoAmI: WhoAmI }> = noAccount,
  backups: Backups = noBackups,
  env: Readonly<Record<string, string | undefined>> = {},
): Command {
  const tables = listsAsTables(given);
  const operator = { ...given, ask: remembering(given.ask), say: tables.say };
  const vox = new Command('vox')
    .description('Manages and operates VOX: tenants, members, keys, sessions, transcripts, persons, audit log, bus.')
    .option('--context <name>', 'reach the installation that `vox context add` has kept under this name')
    .configureHelp({ showGlobalOptions: true })
    // The caller words the mistakes. The commands below inherit this setting.
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  for (const add of nouns) add(vox, operator, account);
  whoAmICommand(vox, operator, account.whoAmI);
  busCommands(vox, operator, reach);
  backupCommands(vox, operator, backups);
  operationCommands(vox, operator, env);
  tables.of(vox);
  refuseContext(vox);
  return vox;
}
