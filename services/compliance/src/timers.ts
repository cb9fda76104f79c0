import type { Policy, Withdrawal } from '@vox/contracts';
import type { Replica } from '@vox/platform/bus';
import { signDueChains } from './audit/command/sign-due-chains.ts';
import type { CheckpointPace } from './audit/decide/checkpoint-place.ts';
import { dropOldWithdrawals } from './consent/command/drop-old-withdrawals.ts';
import { publishOutbox, showAllWithdrawals } from './consent/command/publish-outbox.ts';
import type { Dependencies } from './dependencies.ts';
import { dropOldIncidents, warnOfIncidents } from './incidents/command/sweep-incidents.ts';
import { workOnRequests } from './requests/accept/on-request-sweep.ts';
import { dropOldExports } from './requests/command/drop-old-exports.ts';
import { sweepRetention } from './retention/command/sweep-retention.ts';
import { finaliseDue } from './transcripts/accept/on-transcript-sweep.ts';

/**
 * What compliance does by itself. Each is a round of it, apart from the others: one that fails must not keep another
 * from its work.
 */
export type Sweeps = Readonly<{
  /** Shows again what the bus may have lost, publishes what a crash left in the outbox, finalises transcripts. */
  sweep: () => Promise<void>;
  signChains: () => Promise<void>;
  sweepRetention: () => Promise<void>;
  workOnRequests: () => Promise<void>;
}>;

type SweepOptions = Readonly<{
  policies: Replica<Policy>;
  withdrawn: Replica<Withdrawal>;
  pace: CheckpointPace;
}>;

export function sweepsOf(
  dependencies: Dependencies,
  { policies, withdrawn, pace }: SweepOptions,
): Readonly<{ sweeps: Sweeps; stop: () => void }> {
  // Also at the start: meanwhile the bus may have been started without its data.
  let relinked = true;
  const stop = dependencies.bus.onRelink(() => {
    relinked = true;
  });
  const sweeps: Sweeps = {
    async sweep() {
      if (relinked) {
        await dependencies.receipts.show();
        await showAllWithdrawals(dependencies);
        relinked = false;
      }
      await publishOutbox(dependencies);
      await dropOldWithdrawals({ ...dependencies, withdrawn });
      await finaliseDue(dependencies);
    },
    signChains: () => signDueChains({ ...dependencies, pace }),
    async sweepRetention() {
      await sweepRetention({ ...dependencies, tenants: () => [...policies.keys()] });
      for (const tenantId of policies.keys()) await dropOldIncidents(dependencies, tenantId);
    },
    async workOnRequests() {
      await workOnRequests(dependencies);
      await dropOldExports(dependencies);
      await warnOfIncidents(dependencies);
    },
  };
  return { sweeps, stop };
}
