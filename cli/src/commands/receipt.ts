import { ListReceiptKeys } from '@vox/contracts';
import type { Command } from 'commander';
import { type Checked, checkFile } from '../files/receipt-file.ts';
import { keysIn } from '../files/receipt-proof.ts';
import type { Operator } from '../reach/operator.ts';

type Verifying = Readonly<{ keys?: string; json?: true }>;

const sentenceOf = (checked: Checked): string =>
  checked.sound
    ? `${checked.where}: sound. A receipt of kind ${checked.kind}, signed on ${checked.signedAt}.`
    : `${checked.where}: NOT SOUND. It ${checked.wrong}.`;

/** `vox receipt verify`: exits with 0 when all is sound, with 1 when something is not or the file cannot be judged. */
export function receiptCommands(vox: Command, { ask, say, print }: Operator): void {
  vox
    .command('receipt')
    .description('signed proofs of consents, exports, erasures and retention')
    .command('verify <file>')
    .description('proves a receipt, JSON that holds receipts, or the archive of an export with each of its files')
    .option('--keys <file>', 'what `vox audit keys` printed: then nobody is asked')
    .option('--json', 'as JSON, with all that it says')
    .action(async (file: string, { keys: keysFile, json }: Verifying) => {
      const keys = keysFile === undefined ? (await ask(ListReceiptKeys, {})).keys : keysIn(keysFile);
      const checked = await checkFile(file, keys);
      if (json) say(checked);
      else for (const each of checked) await print(`${sentenceOf(each)}\n`);
      if (checked.some(({ sound }) => !sound)) process.exitCode = 1;
    });
}
