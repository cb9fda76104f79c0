import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Stack } from '@vox/local/stack';
import { type Report, reconcile } from '@vox/ops/reconciliation';
import { childEnv } from '@vox/testing';

const main = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url));

/** What a run of `vox` printed, and its exit code. */
export type VoxRun = Readonly<{ code: number; out: string; notes: string }>;

/** Runs the `vox` command as the operator of a stack, or as whoever has these settings. */
export const voxOn =
  ({ operatorEnv }: Pick<Stack, 'operatorEnv'>, settings = operatorEnv) =>
  (...args: string[]): Promise<VoxRun> => {
    const env = { ...childEnv(process.env), ...settings };
    return promisify(execFile)(process.execPath, [main, ...args], { env }).then(
      ({ stdout, stderr }) => ({ code: 0, out: stdout, notes: stderr }),
      ({ code, stdout, stderr }) => ({ code, out: stdout, notes: stderr }),
    );
  };

/** Reconciles the ledgers of a stack once. */
export const reconciled = (stack: Stack): Promise<Report> =>
  reconcile({
    natsServers: [stack.reconcileEnv.NATS_URL ?? ''],
    nkeySeed: stack.reconcileEnv.NATS_NKEY_SEED,
    natsCa: stack.authority,
    mongoUri: stack.reconcileEnv.MONGODB_URI ?? '',
    mongoCa: stack.authority,
  });
