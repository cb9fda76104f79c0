import { ListRetentionReceipts, PreviewRetention, Retention, RetentionClass } from '@vox/shared/contracts';
import { Fault, issuesOf } from '@vox/shared/fault';
import type { Command } from 'commander';
import type { Operator } from '../operator.ts';

const previewMs = 60_000;

/** `transcripts=30 usage=90` as days of each class. */
function daysOf(texts: readonly string[]): Partial<Retention> | undefined {
  if (texts.length === 0) return undefined;
  const given = Object.fromEntries(texts.map((text) => text.split('=', 2) as [string, string]));
  const read = Retention.partial().safeParse(
    Object.fromEntries(Object.entries(given).map(([kind, days]) => [kind, Number(days)])),
  );
  if (!read.success) throw new Fault('INVALID_REQUEST', { issues: issuesOf(read.error) });
  // A class that was not named takes no default here: it stays as it is.
  return Object.fromEntries(Object.entries(read.data).filter(([kind]) => kind in given));
}

export function retentionCommands(vox: Command, { ask, say }: Operator): void {
  const retention = vox.command('retention').description('how long data are kept, and proofs of what went');
  retention
    .command('preview <tenant> [class=days...]')
    .description('counts what would go if these days were in force; without them, what the next sweep removes')
    .action(async (tenantId: string, days: string[]) =>
      say(await ask(PreviewRetention, { tenantId, retention: daysOf(days) }, { timeoutMs: previewMs })),
    );
  retention
    .command('receipts <tenant> <class>')
    .description(`signed proofs of what was removed: ${RetentionClass.options.join(', ')}`)
    .option('--after <sequence>', 'go on behind this receipt', '0')
    .action(async (tenantId: string, kind: string, { after }: { after: string }) =>
      say(await ask(ListRetentionReceipts, { tenantId, class: kind as RetentionClass, after: Number(after) })),
    );
}
