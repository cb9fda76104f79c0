import { PolicyDocument, WithdrawalDocument } from '@vox/contracts';
import { accessGuard } from '@vox/platform/access';
import { redactor } from '@vox/platform/redaction-thread';
import { answerStatus, type KnownCopy } from '@vox/platform/status';
import { repeat } from '@vox/platform/time';
import { type CheckpointPace, standardPace } from './audit/decide/checkpoint-place.ts';
import { checkpointedLog } from './audit/keep/checkpointed-log.ts';
import { consumeAll } from './consumers.ts';
import type { Dependencies } from './dependencies.ts';
import { watchDeadlines } from './requests/command/watch-deadlines.ts';
import { answerAll } from './responders.ts';
import { type Sweeps, sweepsOf } from './timers.ts';
import { standardGraceMs } from './transcripts/decide/transcript.ts';
import { openReceipts } from './vault/command/open-receipts.ts';
import { openVault } from './vault/command/open-vault.ts';
import { keyRing } from './vault/keep/key-ring.ts';

export type ComplianceOptions = Omit<Dependencies, 'ring' | 'vault' | 'receipts' | 'policies' | 'graceMs' | 'reading'> &
  Partial<Pick<Dependencies, 'graceMs'>> &
  Readonly<{ pace?: CheckpointPace; sweepMs: number; retentionSweepMs: number; copy?: KnownCopy }>;

/** Each sweep can be called at once; by itself it is done at its pace. */
export type Compliance = Sweeps & Readonly<{ stop: () => Promise<void> }>;

/** Nobody waits for what is kept: a message that finds no place comes again. */
const readingBounds = { perCallMax: 256, waitingMax: 256, patienceMs: 20_000 };

/** Wires the rooms of compliance. It opens nothing itself. */
export async function startCompliance(options: ComplianceOptions): Promise<Compliance> {
  const { bus, clock, log, pace = standardPace, sweepMs, retentionSweepMs } = options;
  const policies = await bus.documents(PolicyDocument).follow();
  const withdrawn = await bus.documents(WithdrawalDocument).follow();
  const ring = keyRing(options);
  const reading = redactor(readingBounds);
  const dependencies: Dependencies = {
    graceMs: standardGraceMs,
    ...options,
    policies,
    auditLog: checkpointedLog(options.auditLog, { ...options, pace }),
    ring,
    receipts: await openReceipts({ ...options, ring }),
    vault: openVault({ ...options, ring }),
    reading,
  };
  const guard = await accessGuard('compliance', bus, clock);
  const running = [
    ...(await consumeAll(bus, dependencies)),
    ...(await answerAll(guard.bus, dependencies)),
    await answerStatus(guard.bus, { service: 'compliance', bus, copy: options.copy }),
  ];
  const unwatch = watchDeadlines(options);
  const { sweeps, stop: stopListening } = sweepsOf(dependencies, { policies, withdrawn, pace });
  const every = (ms: number, sweep: () => Promise<void>, what: string) =>
    repeat(ms, sweep, (error) => log.warn({ error }, `${what} failed and will be tried again`));
  const sweeping = [
    every(sweepMs, sweeps.sweep, 'a sweep'),
    every(sweepMs, sweeps.signChains, 'a sweep of audit chains'),
    every(retentionSweepMs, sweeps.sweepRetention, 'a sweep of what is old'),
    every(sweepMs, sweeps.workOnRequests, 'a sweep of privacy requests'),
  ];
  return {
    ...sweeps,
    async stop() {
      stopListening();
      unwatch();
      for (const each of sweeping) await each.stop();
      for (const each of running.reverse()) await each.stop();
      await guard.stop();
      await reading.stop();
      for (const replica of [withdrawn, policies]) await replica.stop();
    },
  };
}
