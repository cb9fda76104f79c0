import { ListRetentionReceipts, PreviewRetention, Retention, RetentionClass } from '@vox/contracts';
import { Fault, invalidField, issuesOf } from '@vox/platform/fault';
import { Argument, type Command } from 'commander';
import { wholeNumber } from '../../options/arguments.ts';
import type { Operator } from '../../reach/operator.ts';

const previewMs = 60_000;

/** Reads `transcripts=30 usage=90` as the days of each class. */
function daysOf(texts: readonly string[]): Partial<Retention> | undefined {
  if (texts.length === 0) return undefined;
  const given: Record<string, number> = {};
  for (const text of texts) {
    const [, kind = '', days = ''] = /^([^=]*)=(\d+)$/.exec(text) ?? [];
    if (!RetentionClass.safeParse(kind).success)
      throw invalidField(
        `“${text}”`,
        `must be <class>=<days> with a class out of ${RetentionClass.options.join(', ')}`,
      );
    given[kind] = Number(days);
  }
  const read = Retention.partial().safeParse(given);
  if (!read.success) throw new Fault('INVALID_REQUEST', { issues: issuesOf(read.error) });
  // A class that was not named stays as it is: the schema's default must not replace it.
  return Object.fromEntries(Object.entries(read.data).filter(([kind]) => kind in given));
}

export function retentionCommands(vox: Command, { ask, say }: Operator): void {
  const retention = vox
    .command('retention')
    .description('Shows how long data are kept, and receipts of what was removed.');
  retention
    .command('preview <tenant> [class=days...]')
    .description('Counts what would be removed if these days were in force. Without days: what the next sweep removes.')
    .action(async (tenantId: string, days: string[]) =>
      say(await ask(PreviewRetention, { tenantId, retention: daysOf(days) }, { timeoutMs: previewMs })),
    );
  retention
    .command('receipts <tenant>')
    .addArgument(new Argument('<class>', 'which data').choices(RetentionClass.options))
    .description('Shows signed receipts of what was removed.')
    .option('--after <sequence>', 'continue after this receipt', wholeNumber, 0)
    .action(async (tenantId: string, kind: RetentionClass, { after }: { after: number }) =>
      say(await ask(ListRetentionReceipts, { tenantId, class: kind, after })),
    );
}
