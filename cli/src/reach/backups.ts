import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import type { BackupKind } from '@vox/contracts';
import type { LastBackups, Taken, Verified } from '@vox/ops/backup';
import { Fault, Reason } from '@vox/platform/fault';
import { whatBroke } from '@vox/platform/telemetry';
import { systemClock } from '@vox/platform/time';
import type { z } from 'zod';
import { Mistake } from '../text/sentences.ts';
import { whyUnreachable } from '../text/unreachable.ts';
import { type Env, settingsOf } from './reach.ts';

export type TakeOptions = Readonly<{ write: (bytes: Uint8Array) => Promise<void>; allowSeveralMoments: boolean }>;

/** Takes, reads, tries and restores backups, over the servers that the environment names. Each throws Mistake. */
export type Backups = Readonly<{
  take: (kind: BackupKind, options: TakeOptions) => Promise<Taken>;
  /** Notes in the installation that it has a new backup. */
  noteTaken: (taken: Taken) => Promise<void>;
  verify: (file: string) => Promise<Verified>;
  drill: (file: string) => Promise<Taken>;
  restore: (file: string, replace: boolean) => Promise<Taken>;
  last: () => Promise<LastBackups>;
}>;

/** Loaded when it is asked for: no other command needs a driver of the stores. */
const tools = () => import('@vox/ops/backup');

const now = (): Date => systemClock.now();

async function readable(file: string): Promise<() => AsyncIterable<Uint8Array>> {
  const isThere = await access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
  if (!isThere) throw new Mistake([`the file ${file} is not there, or you may not read it`]);
  return () => createReadStream(file, { highWaterMark: 1024 * 1024 });
}

/** What went wrong, as sentences. A driver’s own words may repeat what was sent, so ours are said. */
function mistakeOf(error: unknown): unknown {
  if (error instanceof Mistake || error instanceof Fault) return error;
  if (error instanceof Reason) return new Mistake([error.message]);
  const known = whatBroke(error);
  if (known?.dependency === 'mongodb')
    return new Mistake([`MongoDB${known.tried ? ` at ${known.tried}` : ''}: ${known.says}`, `check ${known.check}`]);
  return new Mistake([
    whyUnreachable(error, 'the NATS server') ?? known?.says ?? 'it failed in a way that is not known',
  ]);
}

export function backupsOf(env: Env, progress: (text: string) => void): Backups {
  const trying = async <R>(work: (open: Awaited<ReturnType<typeof tools>>) => Promise<R>): Promise<R> => {
    try {
      return await work(await tools());
    } catch (error) {
      throw mistakeOf(error);
    }
  };
  const read = <S extends z.ZodRawShape>(shape: S) => settingsOf(shape, env);
  return {
    take: (kind, { write, allowSeveralMoments }) =>
      trying(async ({ backupSettings, installationOf, takeBackup }) => {
        const settings = read(backupSettings);
        const taking = { key: settings.VOX_BACKUP_KEY, allowSeveralMoments, now, progress };
        return takeBackup(kind, { ...installationOf(settings), ...taking }, write);
      }),
    noteTaken: (taken) =>
      trying(async ({ backupSettings, installationOf, noteBackup, withStreams }) => {
        const { nats } = installationOf(read(backupSettings));
        await withStreams('backup', nats, (link) => noteBackup(link, 'taken', taken, now()));
      }),
    verify: (file) =>
      trying(async ({ backupKeySettings, verifyBackup }) =>
        verifyBackup((await readable(file))(), read(backupKeySettings).VOX_BACKUP_KEY),
      ),
    drill: (file) =>
      trying(async ({ drillBackup, drillSettings, scratchOf }) => {
        const settings = read(drillSettings);
        const { NATS_URL: servers, NATS_NKEY_SEED: nkeySeed, NATS_CA: ca, VOX_BACKUP_KEY: key } = settings;
        const scratch = { ...scratchOf(settings), key, replace: false, progress };
        return drillBackup(await readable(file), { scratch, nats: { servers, nkeySeed, ca }, now });
      }),
    restore: (file, replace) =>
      trying(async ({ installationOf, restoreBackup, restoreSettings }) => {
        const settings = read(restoreSettings);
        const { VOX_BACKUP_KEY: key, NATS_REPLICAS: replicas } = settings;
        return restoreBackup(await readable(file), { ...installationOf(settings), key, replicas, replace, progress });
      }),
    last: () =>
      trying(async ({ lastBackups, operatorSettings }) => {
        const { NATS_URL: servers, NATS_NKEY_SEED: nkeySeed, NATS_CA: ca } = read(operatorSettings);
        return lastBackups('operator', { servers, nkeySeed, ca });
      }),
  };
}
