import { Command } from 'commander';
import { auditCommands } from './commands/audit.ts';
import { busCommands, type ReachBootstrap } from './commands/bus.ts';
import { holdCommands } from './commands/hold.ts';
import { keyCommands } from './commands/key.ts';
import { killSwitchCommands } from './commands/kill-switch.ts';
import { limitCommands } from './commands/limit.ts';
import { masterKeyCommands } from './commands/master-key.ts';
import { receiptCommands } from './commands/receipt.ts';
import { redactCommands } from './commands/redact.ts';
import { retentionCommands } from './commands/retention.ts';
import { sessionCommands } from './commands/session.ts';
import { signingKeyCommands } from './commands/signing-key.ts';
import { subjectCommands } from './commands/subject.ts';
import { tenantCommands } from './commands/tenant.ts';
import { transcriptCommands } from './commands/transcript.ts';
import { usageCommands } from './commands/usage.ts';
import type { Operator } from './reach/operator.ts';
import { remembering } from './text/sentences.ts';

/** A file for each noun. Help lists them in this order. */
const nouns = [
  tenantCommands,
  keyCommands,
  sessionCommands,
  limitCommands,
  usageCommands,
  transcriptCommands,
  subjectCommands,
  retentionCommands,
  receiptCommands,
  holdCommands,
  killSwitchCommands,
  signingKeyCommands,
  masterKeyCommands,
  auditCommands,
  redactCommands,
];

/** Builds the `vox` command. `reach` finds the bus that `vox bus` configures. */
export function voxCommand(given: Operator, reach: ReachBootstrap = async () => undefined): Command {
  const operator = { ...given, ask: remembering(given.ask) };
  const vox = new Command('vox')
    .description('Manages VOX: tenants, widget keys, sessions, transcripts, persons, the audit log, the bus.')
    // The caller words the mistakes. The commands below inherit this setting.
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  for (const add of nouns) add(vox, operator);
  busCommands(vox, operator, reach);
  return vox;
}
