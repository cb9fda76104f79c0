import type { Verified } from '@vox/compliance/audit';
import {
  type AuditEntry,
  type AuditFilter,
  auditLineText,
  ExportAudit,
  ListAudit,
  ListReceiptKeys,
  VerifyAudit,
} from '@vox/contracts';
import { invalidField } from '@vox/platform/fault';
import { type Command, Option } from 'commander';
import { type VerifiedFile, verifyFile } from '../../files/audit-file.ts';
import { moment, wholeNumber } from '../../options/arguments.ts';
import type { Operator } from '../../reach/operator.ts';
import { csvOfEntries, lineOf, sentenceOf } from '../../text/audit-text.ts';

type Filter = Pick<AuditFilter, 'from' | 'to' | 'actor' | 'action'>;

/** A question covers one page, but a busy service may answer late. */
const patience = { timeoutMs: 60_000 };

const filtered = (command: Command): Command =>
  command
    .option('--from <time>', 'entries from this moment on, such as 2026-05-01 or 2026-05-01T12:00:00Z', moment)
    .option('--to <time>', 'entries before this moment', moment)
    .option('--actor <actor>', 'entries of one actor, such as operator:ada')
    .option('--action <action>', 'entries of one action, such as key.revoke, or of all actions of a noun: key.*')
    .option('--reason <why>', 'why you look; the audit log keeps it');
const filterOf = ({ from, to, actor, action }: Filter): AuditFilter => ({ from, to, actor, action });

export function auditCommands(vox: Command, operator: Operator): void {
  const audit = vox
    .command('audit')
    .description('Reads and verifies the audit log of a tenant, or of the platform (_platform).');
  filtered(audit.command('list <tenant>'))
    .description('Shows the newest entries, one on a line.')
    .option('--limit <count>', 'how many entries', wholeNumber, 50)
    .option('--json', 'print JSON with every field')
    .action((tenantId: string, options: Filter & Listing) => list(operator, tenantId, options));
  filtered(audit.command('export <tenant>'))
    .description(
      'Writes the log to standard output. NDJSON can be verified with the public keys alone; CSV is for reading.',
    )
    .addOption(new Option('--format <format>', 'which format to write').choices(['ndjson', 'csv']).default('ndjson'))
    .action((tenantId: string, options: Filter & Exporting) => exportAll(operator, tenantId, options));
  audit
    .command('keys')
    .description('Shows the public keys that verify an export. Keep them in another place.')
    .action(async () => operator.say(await operator.ask(ListReceiptKeys, {})));
  audit
    .command('verify [tenant]')
    .description('Names the first entry that was changed, lost, moved or cut off, and then exits with 1.')
    .option(
      '--file <file>',
      'verify this NDJSON export and ask no service; with a tenant, it must be the export of that tenant',
    )
    .option('--keys <file>', 'the output of `vox audit keys`, needed with --file')
    .option('--json', 'print JSON')
    .action((tenantId: string | undefined, options: Verifying) => verify(operator, tenantId, options));
}

type Listing = Readonly<{ limit: number; json?: true; reason?: string }>;

async function list(
  { ask, actor, requestId, say, print }: Operator,
  tenantId: string,
  options: Filter & Listing,
): Promise<void> {
  const { limit, json, reason } = options;
  let entries: AuditEntry[] = [];
  for (let before: number | null | undefined; before !== null && entries.length < limit; ) {
    const atMost = Math.min(limit - entries.length, 200);
    const asked = { tenantId, filter: filterOf(options), limit: atMost, before, actor, reason, requestId };
    const found = await ask(ListAudit, asked, patience);
    entries = [...found.entries, ...entries];
    before = found.earlier;
  }
  if (json) return say(entries);
  for (const entry of entries) await print(`${lineOf(entry)}\n`);
}

type Exporting = Readonly<{ format: 'ndjson' | 'csv'; reason?: string }>;

async function exportAll(
  { ask, actor, requestId, print }: Operator,
  tenantId: string,
  options: Filter & Exporting,
): Promise<void> {
  const { format, reason } = options;
  let from: { after: number; upto: number } | undefined;
  do {
    const { lines, next } = await ask(
      ExportAudit,
      { tenantId, filter: filterOf(options), from, actor, reason, requestId },
      patience,
    );
    if (format === 'ndjson') await print(lines.map((line) => `${auditLineText(line)}\n`).join(''));
    else
      await print(
        csvOfEntries(
          lines.filter((line) => line.kind === 'entry'),
          from === undefined,
        ),
      );
    from = next ?? undefined;
  } while (from !== undefined);
}

/** Verifies a log of any length, one part for each question, up to its end or its first break. */
async function verifyLog(ask: Operator['ask'], tenantId: string): Promise<Verified> {
  let { next, ...found } = await ask(VerifyAudit, { tenantId }, patience);
  while (next !== null) {
    const part = await ask(VerifyAudit, { tenantId, from: next }, patience);
    const [entries, checkpoints] = [found.entries + part.entries, found.checkpoints + part.checkpoints];
    found = { first: found.first, entries, checkpoints, broken: part.broken };
    next = part.next;
  }
  return found;
}

type Verifying = Readonly<{ file?: string; keys?: string; json?: true }>;

async function verify(
  { ask, say, print }: Operator,
  tenantId: string | undefined,
  { file, keys, json }: Verifying,
): Promise<void> {
  const what = file ?? tenantId;
  if (what === undefined || (file !== undefined && keys === undefined))
    throw invalidField('audit verify', 'needs a tenant, or a --file and the --keys that prove it');
  const found: VerifiedFile =
    file !== undefined && keys !== undefined ? await verifyFile(file, keys, tenantId) : await verifyLog(ask, what);
  if (json) say(found);
  else await print(`${sentenceOf(what, found)}\n`);
  if (found.broken !== null || found.not !== undefined) process.exitCode = 1;
}
