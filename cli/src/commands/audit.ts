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
import { Fault } from '@vox/platform/fault';
import { type Command, Option } from 'commander';
import { type VerifiedFile, verifyFile } from '../files/audit-file.ts';
import { moment, wholeNumber } from '../options/arguments.ts';
import type { Operator } from '../reach/operator.ts';
import { csvOfEntries, lineOf, sentenceOf } from '../text/audit-text.ts';

type Filter = Pick<AuditFilter, 'from' | 'to' | 'actor' | 'action'>;

/** Each question is about a page; whoever answers may have much else to do. */
const patience = { timeoutMs: 60_000 };

const filtered = (command: Command): Command =>
  command
    .option('--from <time>', 'from this moment on, such as 2026-05-01 or 2026-05-01T12:00:00Z', moment)
    .option('--to <time>', 'before this moment', moment)
    .option('--actor <actor>', 'of one actor, such as operator:ada')
    .option('--action <action>', 'of one action, such as key.revoke, or of all of a noun: key.*')
    .option('--reason <why>', 'why you look, for the audit log');
const filterOf = ({ from, to, actor, action }: Filter): AuditFilter => ({ from, to, actor, action });

export function auditCommands(vox: Command, operator: Operator): void {
  const audit = vox.command('audit').description('the audit log of a tenant, or of the platform: _platform');
  filtered(audit.command('list <tenant>'))
    .description('shows the newest entries, one a line')
    .option('--limit <count>', 'how many', wholeNumber, 50)
    .option('--json', 'as JSON, with every field')
    .action((tenantId: string, options: Filter & Listing) => list(operator, tenantId, options));
  filtered(audit.command('export <tenant>'))
    .description(
      'writes the log to standard output: NDJSON, which proves itself with the keys alone, or CSV, for reading',
    )
    .addOption(new Option('--format <format>', 'what to write').choices(['ndjson', 'csv']).default('ndjson'))
    .action((tenantId: string, options: Filter & Exporting) => exportAll(operator, tenantId, options));
  audit
    .command('keys')
    .description('shows the public keys that prove an export; keep them elsewhere')
    .action(async () => operator.say(await operator.ask(ListReceiptKeys, {})));
  audit
    .command('verify [tenant]')
    .description('names the first entry that was changed, lost, moved or cut off; exits with 1 if there is one')
    .option('--file <file>', 'an export in NDJSON instead: asks nobody; with a tenant, it must be that tenant’s')
    .option('--keys <file>', 'what `vox audit keys` printed, for --file')
    .option('--json', 'as JSON')
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

/** Asks for a log part by part, however long it is, up to its end or its first break. */
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
    throw new Fault('INVALID_REQUEST', {
      issues: [{ path: 'audit verify', message: 'needs a tenant, or a --file and the --keys that prove it' }],
    });
  const found: VerifiedFile =
    file !== undefined && keys !== undefined ? await verifyFile(file, keys, tenantId) : await verifyLog(ask, what);
  if (json) say(found);
  else await print(`${sentenceOf(what, found)}\n`);
  if (found.broken !== null || found.not !== undefined) process.exitCode = 1;
}
