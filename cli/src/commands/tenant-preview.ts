import { type PreviewedPolicy, PreviewPolicyVersion } from '@vox/contracts';
import type { Command } from 'commander';
import { previewMs, previewTenant } from '../dialogues/whole-tenant.ts';
import { wholeNumber } from '../options/arguments.ts';
import type { Operator } from '../reach/operator.ts';
import { previewText } from '../text/preview-text.ts';

type Options = Readonly<{ days: number; json?: true }>;

const daysStandard = 7;
const withOptions = (command: Command): Command =>
  command
    .option('--days <days>', 'how many days, today among them, at most 30', wholeNumber, daysStandard)
    .option('--json', 'print JSON');

/** `vox tenant preview` and `preview-version` */
export function tenantPreviewCommands(tenant: Command, operator: Operator): void {
  const { ask, say, print } = operator;
  const show = (preview: PreviewedPolicy, { json }: Options): void | Promise<void> =>
    json ? say(preview) : print(previewText(preview));
  withOptions(tenant.command('preview <file>'))
    .description('Shows what putting a JSON file would have done to the calls of the last days. It changes nothing.')
    .action(async (file: string, options: Options) => show(await previewTenant(operator, file, options.days), options));
  withOptions(tenant.command('preview-version <tenant>'))
    .argument('<version>', 'the version to go back to', wholeNumber)
    .description(
      'Shows what going back to a version would have done to the calls of the last days. It changes nothing.',
    )
    .action(async (tenantId: string, version: number, options: Options) => {
      const asked = { tenantId, version, days: options.days };
      await show(await ask(PreviewPolicyVersion, asked, { timeoutMs: previewMs }), options);
    });
}
