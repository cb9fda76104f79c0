import type { Policy, Withdrawal } from '@vox/contracts';
import type { Replica } from '@vox/platform/bus';
import { signDueChains } from './audit/accept/on-checkpoints-due.ts';
import type { CheckpointPace } from './audit/decide/checkpoints.ts';
import { dropOldWithdrawals, showAllAgain, tellUntold } from './consent/accept/on-consent-sweep.ts';
import type { Needs } from './dependencies.ts';
import { workOnRequests } from './requests/accept/on-request-sweep.ts';
import { dropOldExports } from './requests/command/drop-old-exports.ts';
import { sweepRetention } from './retention/command/sweep-retention.ts';
import { finaliseDue } from './transcripts/accept/on-transcript-sweep.ts';

/** What compliance does by itself. Each is a round of it, and apart from the others: one that fails must not keep another from its work. */
export type Sweeps = Readonly<{
  /** Shows again what the bus may have lost, tells what a crash left untold, finalises what was said. */
  sweep: () => Promise<void>;
  signChains: () => Promise<void>;
  sweepRetention: () => Promise<void>;
  workOnRequests: () => Promise<void>;
}>;

type Given = Readonly<{
  policies: Replica<Policy>;
  withdrawn: Replica<Withdrawal>;
  pace: CheckpointPace;
}>;

export function sweepsOf(
  needs: Needs,
  { policies, withdrawn, pace }: Given,
): Readonly<{ sweeps: Sweeps; stop: () => void }> {
  // Also at the start: the bus may have been started without its data meanwhile.
  let relinked = true;
  const stop = needs.bus.onRelink(() => {
    relinked = true;
  });
  const sweeps: Sweeps = {
    async sweep() {
      if (relinked) {
        await needs.receipts.show();
        await showAllAgain(needs);
        relinked = false;
      }
      await tellUntold(needs);
      await dropOldWithdrawals(needs, withdrawn);
      await finaliseDue(needs);
    },
    signChains: () => signDueChains({ ...needs, pace }),
    sweepRetention: () => sweepRetention({ ...needs, tenants: () => [...policies.keys()] }),
    async workOnRequests() {
      await workOnRequests(needs);
      await dropOldExports(needs);
    },
  };
  return { sweeps, stop };
}
