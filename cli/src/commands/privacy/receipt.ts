import { ListReceiptKeys } from '@vox/contracts';
import type { Command } from 'commander';
import { type Checked, checkFile } from '../../files/receipt-file.ts';
import { keysIn } from '../../files/receipt-proof.ts';
import type { Operator } from '../../reach/operator.ts';

type Verifying = Readonly<{ keys?: string; json?: true }>;

const sentenceOf = (checked: Checked): string =>
  checked.sound
    ? `${checked.where}: sound. A receipt of kind ${checked.kind}, signed on ${checked.signedAt}.`
    : `${checked.where}: NOT SOUND. It ${checked.wrong}.`;

/** `vox receipt verify` exits with 0 when all is sound, else with 1. */
export function receiptCommands(vox: Command, { ask, say, print }: Operator): void {
  vox
    .command('receipt')
    .description('Verifies signed receipts of consents, exports, erasures and retention.')
    .command('verify <file>')
    .description('Verifies a receipt, JSON with receipts in it, or the archive of an export with each of its files.')
    .option('--keys <file>', 'the output of `vox audit keys`; with it, no service is asked')
    .option('--json', 'print JSON with the content of each receipt')
    .action(async (file: string, { keys: keysFile, json }: Verifying) => {
      const keys = keysFile === undefined ? (await ask(ListReceiptKeys, {})).keys : keysIn(keysFile);
      const checked = await checkFile(file, keys);
      if (json) say(checked);
      else for (const each of checked) await print(`${sentenceOf(each)}\n`);
      if (checked.some(({ sound }) => !sound)) process.exitCode = 1;
    });
}
