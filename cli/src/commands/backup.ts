import type { BackupKind } from '@vox/contracts';
import { invalidField } from '@vox/platform/fault';
import type { Command } from 'commander';
import { openOutFile } from '../files/out-file.ts';
import type { Backups } from '../reach/backups.ts';
import type { Operator } from '../reach/operator.ts';

type Taking = Readonly<{ out?: string; keysOut?: string; severalMoments?: true }>;

const settings =
  'Needs NATS_URL with the seed of the identity backup, MONGODB_URI with a user who may read, and VOX_BACKUP_KEY.';

/** `vox backup …` and `vox restore` */
export function backupCommands(vox: Command, operator: Operator, backups: Backups): void {
  const { say } = operator;
  const backup = vox
    .command('backup')
    .description(`Saves what an installation keeps, sealed, while it runs. ${settings}`)
    .option('--out <file>', 'a new file for streams and stores')
    .option(
      '--keys-out <file>',
      'a new file for the keys of persons and the ledger of the erased; keep it for days only',
    )
    .option('--several-moments', 'take it although services run and this MongoDB has no snapshots')
    .action((options: Taking) => take(operator, backups, options));
  backup
    .command('verify <file>')
    .description('Reads a backup whole: nothing is missing, changed or added. Needs VOX_BACKUP_KEY.')
    .action(async (file: string) => say(shownOf(await backups.verify(file))));
  backup
    .command('drill <file>')
    .description(
      'Restores a backup to empty servers (DRILL_NATS_URL, DRILL_MONGODB_URI), compares, throws that away, and notes the day.',
    )
    .action(async (file: string) => say(shownOf(await backups.drill(file))));
  backup
    .command('last')
    .description('Shows when backups were last taken and tried, as the operator.')
    .action(async () => say(await backups.last()));
  vox
    .command('restore <file>')
    .description(
      'Puts a backup under an installation whose services are stopped. Needs the seed of the identity restore. See docs/restore.md.',
    )
    .option('--replace', 'throw away what stands there of what the backup holds')
    .action((file: string, { replace = false }: Readonly<{ replace?: boolean }>) =>
      restore(operator, backups, file, replace),
    );
}

async function take({ say, note }: Operator, backups: Backups, options: Taking): Promise<void> {
  const { out, keysOut, severalMoments: allowSeveralMoments = false } = options;
  const wanted: (readonly [BackupKind, string, string])[] = [];
  if (out !== undefined) wanted.push(['data', '--out', out]);
  if (keysOut !== undefined) wanted.push(['keys', '--keys-out', keysOut]);
  if (wanted.length === 0) throw invalidField('--out', 'must be given, or --keys-out, or both');
  const done: object[] = [];
  for (const [kind, option, path] of wanted) {
    const file = await openOutFile(path, option);
    try {
      const taken = await backups.take(kind, { write: file.write, allowSeveralMoments });
      await file.keep();
      done.push({ file: path, ...shownOf(taken) });
      await backups.noteTaken(taken).catch((error: Error) => note(`${error.message}.`));
    } finally {
      await file.drop();
    }
  }
  say(done.length === 1 ? done[0] : done);
}

async function restore({ say, note }: Operator, backups: Backups, file: string, replace: boolean): Promise<void> {
  const { header, manifest } = await backups.restore(file, replace);
  say(shownOf({ header, manifest }));
  note(
    'What follows, before visitors may come: `vox bus apply`, start the services, `vox subject replay --reason …`, and the reconciliation (docs/restore.md).',
  );
}

/** What a person wants to know of a backup. */
const shownOf = ({ header, manifest }: Awaited<ReturnType<Backups['verify']>>): object => ({
  ...{ kind: header.kind, backupId: header.backupId, takenAt: header.takenAt, version: header.version },
  ...{ messages: manifest.messages, documents: manifest.documents, isOneMoment: manifest.isOneMoment },
});
