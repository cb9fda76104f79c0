import { decideAccess, platform, ShowStatus } from '@vox/contracts';
import { type PrincipalDependencies, principalOf } from '@vox/platform/access';
import type { Bus, Consumption } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import { type StatusOptions, statusOf } from '@vox/platform/status';
import type { Clock } from '@vox/platform/time';

export type StatusResponder = PrincipalDependencies &
  Omit<StatusOptions, 'service'> &
  Readonly<{ bus: Pick<Bus, 'answer' | 'progress'>; clock: Pick<Clock, 'now'> }>;

/**
 * Answers for this copy, whichever copy asks. The door of that copy has refused whoever may not ask, and noted it; here
 * the proof is looked at again, as every service does.
 */
export const statusResponder = (dependencies: StatusResponder): Promise<Consumption> =>
  dependencies.bus.answer(ShowStatus['edge-guard'], async (_asked, asker) => {
    const now = dependencies.clock.now();
    const who = await principalOf(dependencies, asker, now);
    const decision = decideAccess('platform.read', who, platform, now.getTime());
    if (decision !== 'allowed') throw new Fault(decision);
    return statusOf({ ...dependencies, service: 'edge-guard' });
  });
